using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.PredictionLogs;

public sealed class PredictionLogHttpTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Predictions_Logged_AreListedPagedAndFoundById()
    {
        await DeployAsync("logged");
        List<string> ids = [];
        for (int size = 1; size <= 3; size++)
        {
            using HttpResponseMessage answer = await host.PostAsync("api/v1/models/logged/predict", $$$"""{"instances":[{"size":{{{size}}}},{"colour":"red"}]}""");
            ids.AddRange((await PlatformHost.JsonAsync(answer)).GetProperty("prediction_ids").EnumerateArray().Select(id => id.GetString()!));
        }

        await RowsAsync("logged", 6);
        JsonElement first = await host.GetAsync("api/v1/models/logged/predictions?order=oldest&limit=4&version=v1");
        JsonElement second = await host.GetAsync($"api/v1/models/logged/predictions?order=oldest&limit=4&version=v1&continuation={first.GetProperty("continuation").GetString()}");
        JsonElement one = (await host.GetAsync($"api/v1/models/logged/predictions?prediction_id={ids[2]}")).GetProperty("items");

        Assert.Equal(ids, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(row => row.GetProperty("prediction_id").GetString()));
        Assert.Equal(2, Assert.Single(one.EnumerateArray()).GetProperty("inputs").GetProperty("size").GetDouble());
        Assert.EndsWith("Z", one[0].GetProperty("time").GetString(), StringComparison.Ordinal);
        Assert.Equal(32, one[0].GetProperty("correlation_id").GetString()!.Length);
        Assert.Contains("ml_prediction_log_rows_total{model=\"logged\"} 6", await host.Client.GetStringAsync(new Uri("api/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PersonalColumns_Marked_AreHashedInWhatIsLoggedFromThenOn()
    {
        await DeployAsync("private");
        using HttpResponseMessage marked = await host.PutAsync("api/v1/models/private/personal-columns", """{"personal_columns":["colour"],"reason":"tells who bought"}""");
        await host.PostAsync("api/v1/models/private/predict", """{"instance":{"size":1,"colour":"red"}}""");

        JsonElement row = (await RowsAsync("private", 1))[0];
        JsonElement shown = await host.GetAsync("api/v1/models/private/personal-columns");

        Assert.Equal(HttpStatusCode.OK, marked.StatusCode);
        Assert.Equal("""["colour"]""", shown.GetProperty("personal_columns").GetRawText());
        Assert.StartsWith("hmac:", row.GetProperty("inputs").GetProperty("colour").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, row.GetProperty("inputs").GetProperty("size").GetDouble());
    }

    [Fact]
    public async Task Model_Deleted_TakesItsLogAlong()
    {
        await DeployAsync("leaving");
        await host.PostAsync("api/v1/models/leaving/predict", """{"instance":{"size":1}}""");
        await RowsAsync("leaving", 1);
        await host.PostAsync("mlops/models/leaving/v1/promote", """{"stage":"archived"}""");

        using HttpResponseMessage deleted = await host.DeleteAsync("api/v1/models/leaving");
        using HttpResponseMessage gone = await host.Client.GetAsync(new Uri("api/v1/models/leaving/predictions", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal("model_deleted", (await PlatformHost.ProblemAsync(gone)).GetProperty("code").GetString());
        await DeployAsync("leaving", "run-2");
        Assert.Empty((await host.GetAsync("api/v1/models/leaving/predictions")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("order=sideways", "order_unknown", "order")]
    [InlineData("from=2026-01-02&to=2026-01-01", "time_range_invalid", "from")]
    [InlineData("from=yesterday", "parameter_invalid", "from")]
    [InlineData("prediction_id=1", "prediction_id_invalid", "prediction_id")]
    [InlineData("limit=0", "limit_out_of_range", "limit")]
    [InlineData("continuation=x", "continuation_invalid", "continuation")]
    [InlineData("version=../x", "name_invalid", "version")]
    public async Task Predictions_AskedForBadly_AreRefusedByName(string query, string code, string field)
    {
        await DeployAsync("asked");

        using HttpResponseMessage refused = await host.Client.GetAsync(new Uri($"api/v1/models/asked/predictions?{query}", UriKind.Relative));

        JsonElement problem = await PlatformHost.ProblemAsync(refused);
        Assert.Equal((HttpStatusCode.BadRequest, code, field), (refused.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("""{"personal_columns":["size","color"]}""", HttpStatusCode.UnprocessableEntity, "personal_column_unknown", "personal_columns")]
    [InlineData("""{"personal_columns":[""]}""", HttpStatusCode.BadRequest, "personal_columns_invalid", "personal_columns")]
    [InlineData("""{"personal_columns":[null]}""", HttpStatusCode.BadRequest, "field_type", "personal_columns[0]")]
    [InlineData("""{"personal_columns":null}""", HttpStatusCode.BadRequest, "field_type", "personal_columns")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "field_missing", "personal_columns")]
    public async Task PersonalColumns_Unusable_AreRefusedByNameAndChangeNothing(string body, HttpStatusCode status, string code, string field)
    {
        await DeployAsync("marked");

        using HttpResponseMessage refused = await host.PutAsync("api/v1/models/marked/personal-columns", body);

        JsonElement problem = await PlatformHost.ProblemAsync(refused);
        Assert.Equal((status, code, field), (refused.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal("[]", (await host.GetAsync("api/v1/models/marked/personal-columns")).GetProperty("personal_columns").GetRawText());
    }

    // The run makes the same version once, and the keys deploy once, for theories share the host.
    private async Task DeployAsync(string model, string runId = "run-1")
    {
        await DeployedModel.RegisterAsync(host, model, runId);
        await host.PostAsync($"api/v1/models/{model}/deploy", "{}", $"deploy-{model}-{runId}");
        using HttpResponseMessage set = await host.PutAsync($"api/v1/models/{model}/traffic", """{"log_rate":1}""");
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
    }

    // Once the worker has written them out, the reader brings them to storage first.
    private async Task<JsonElement> RowsAsync(string model, int rows)
    {
        PredictionLog log = host.Services.GetRequiredService<PredictionLog>();
        Assert.True(SpinWait.SpinUntil(() => log.Waiting == 0, Patience));
        JsonElement items = (await host.GetAsync($"api/v1/models/{model}/predictions")).GetProperty("items");
        Assert.Equal(rows, items.GetArrayLength());
        return items;
    }
}
