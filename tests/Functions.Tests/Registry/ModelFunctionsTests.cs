using System.Net;
using System.Text.Json;

namespace Trainyard.Functions.Tests.Registry;

public sealed class ModelFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Get_Model_HasTheFieldsOfTheAiModelSchema()
    {
        var version = await DeployedModel.RegisterAsync(host, "schema", "run-1");

        JsonElement model = await host.GetAsync($"api/v1/models/{version.ModelId}/");

        Assert.Superset(
            new HashSet<string>(
                ["id", "name", "description", "type", "framework", "version", "status", "accuracy", "model_configuration", "input_schema", "created_at", "updated_at", "deployment_url"],
                StringComparer.Ordinal),
            model.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(("schema", "classification", "v1", "training", 0.97), (Text(model, "name"), Text(model, "type"), Text(model, "version"), Text(model, "status"), model.GetProperty("accuracy").GetDouble()));
        Assert.Equal(JsonValueKind.Null, model.GetProperty("deployment_url").ValueKind);
    }

    [Fact]
    public async Task List_WithTrailingSlash_NamesTheModel()
    {
        await DeployedModel.RegisterAsync(host, "listed", "run-1");

        JsonElement models = await host.GetAsync("api/v1/models/");

        Assert.Contains(models.GetProperty("items").EnumerateArray(), model => Text(model, "name") == "listed");
    }

    [Fact]
    public async Task Deploy_ThenPredict_Answers()
    {
        await DeployedModel.RegisterAsync(host, "served", "run-1");

        using HttpResponseMessage early = await host.PostAsync("api/v1/models/served/predict", """{"instance":{"size":1}}""");
        using HttpResponseMessage deployed = await host.PostAsync("api/v1/models/served/deploy", "");
        using HttpResponseMessage response = await host.PostAsync("api/v1/models/served/predict", """{"instances":[{"size":1,"colour":"red"},{"size":"12","colour":"green"}]}""");
        JsonElement answer = await PlatformHost.JsonAsync(response);

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(HttpStatusCode.OK, deployed.StatusCode);
        Assert.Equal(["model", "version", "predictions", "probabilities", "prediction_ids"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["apple", "melon"], answer.GetProperty("predictions").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal("deployed", Text(await host.GetAsync("api/v1/models/served"), "status"));
    }

    [Fact]
    public async Task Deploy_SameKeyAfterALaterDeployment_ChangesNothing()
    {
        await DeployedModel.RegisterAsync(host, "rolled", "run-1");
        await DeployedModel.RegisterAsync(host, "rolled", "run-2");
        using HttpResponseMessage first = await host.PostAsync("api/v1/models/rolled/deploy", """{"version":"v1"}""", "deploy-1");
        using HttpResponseMessage second = await host.PostAsync("api/v1/models/rolled/deploy", """{"version":"1.0.1"}""", "deploy-2");
        using HttpResponseMessage repeated = await host.PostAsync("api/v1/models/rolled/deploy", """{"version":"v1"}""", "deploy-1");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await repeated.Content.ReadAsStringAsync());
        Assert.Equal("v1", Text(await PlatformHost.JsonAsync(second), "previous_version"));
        Assert.Equal("v2", Text(await host.GetAsync("api/v1/models/rolled"), "version"));
    }

    [Theory]
    [InlineData("api/v1/models/none/deploy", "", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("api/v1/models/none/predict", """{"instance":{"a":1}}""", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("api/v1/models/%F0%9F%93%88/predict", "{}", HttpStatusCode.BadRequest, "name_invalid")]
    [InlineData("api/v1/models/none/deploy", """{"version":5}""", HttpStatusCode.BadRequest, "field_type")]
    [InlineData("api/v1/models/none/deploy", """{"verison":"v1"}""", HttpStatusCode.BadRequest, "field_unknown")]
    [InlineData("api/v1/models/none/deploy", "{", HttpStatusCode.BadRequest, "json_malformed")]
    public async Task Post_Impossible_IsRefusedByCode(string path, string body, HttpStatusCode status, string code)
    {
        using HttpResponseMessage response = await host.PostAsync(path, body);
        JsonElement problem = await PlatformHost.ProblemAsync(response);

        Assert.Equal((status, code), (response.StatusCode, Text(problem, "code")));
    }

    [Fact]
    public async Task Predict_TextInANumberColumn_NamesColumnAndRow()
    {
        await DeployedModel.RegisterAsync(host, "strict", "run-1");
        await host.PostAsync("api/v1/models/strict/deploy", "");

        using HttpResponseMessage response = await host.PostAsync("api/v1/models/strict/predict", """{"instances":[{"size":1},{"size":"large"}]}""");
        JsonElement problem = await PlatformHost.ProblemAsync(response);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "size", 2L), (response.StatusCode, Text(problem, "field"), problem.GetProperty("row").GetInt64()));
    }

    [Fact]
    public async Task Metrics_AfterAPrediction_CountIt()
    {
        await DeployedModel.RegisterAsync(host, "counted", "run-1");
        await host.PostAsync("api/v1/models/counted/deploy", "");
        await host.PostAsync("api/v1/models/counted/predict", """{"instance":{"size":1}}""");

        string page = await host.Client.GetStringAsync(new Uri("api/metrics", UriKind.Relative));

        Assert.Contains("ml_predictions_total{model=\"counted\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("ml_prediction_request_bytes_bucket{le=\"256\"} ", page, StringComparison.Ordinal);
        string memory = page.Split('\n').Single(line => line.StartsWith("ml_model_memory_usage_bytes ", StringComparison.Ordinal));
        Assert.True(long.Parse(memory.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) > 0, memory);
        Assert.Contains("ml_prediction_request_bytes_count", await host.Client.GetStringAsync(new Uri("mlops/metrics", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("mlops_pipeline_runs_total", page, StringComparison.Ordinal);
        Assert.Contains("mlops_pipeline_success_rate", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health", "healthy")]
    [InlineData("health/ready", "ready")]
    public async Task Health_OfARunningHost_IsGood(string path, string status) => Assert.Equal(status, Text(await host.GetAsync(path), "status"));

    [Theory]
    [InlineData("health")]
    [InlineData("health/ready")]
    [InlineData("api/metrics")]
    public async Task Head_OfAProbe_IsAnsweredWithoutABody(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, path);
        using HttpResponseMessage response = await host.Client.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
