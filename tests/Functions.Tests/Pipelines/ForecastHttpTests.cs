using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Pipelines;

public sealed class ForecastHttpTests : IAsyncLifetime
{
    private const int Horizon = 24;

    private PipelineApp app = null!;
    private string[] lines = null!;

    public async Task InitializeAsync()
    {
        app = await PipelineApp.StartAsync();
        lines = Encoding.UTF8.GetString(Samples.Read("co2-monthly")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // The last two years are kept from the platform: what comes is what a forecast is held against.
        await app.UploadAsync("co2", Encoding.UTF8.GetBytes(string.Join('\n', lines[..^Horizon])));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Job_OfASeries_TrainsDeploysAndForetellsWhatCame()
    {
        string pipeline = await app.CreateAsync(
            """{"model_name":"co2","dataset_uri":"dataset://co2","model_type":"prediction","time_column":"month","target_column":"co2","horizon":24,"frequency":"monthly","auto_deploy":true}""");
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));
        Assert.True((string)run["status"]! == "deployed", run.ToString());
        Assert.Equal((4, 24), ((int)run["progress"]!["candidates_total"]!, (int)run["evaluation"]!["rows"]!));
        Assert.Equal(["coverage", "mae", "mape", "mase", "r2", "rmse", "smape"], run["metrics"]!.AsObject().Select(each => each.Key));
        Assert.InRange((double)run["metrics"]!["mase"]!, 0, 1);
        Assert.Equal("1998-01-01", (string)run["evaluation"]!["samples"]![0]!["inputs"]!["month"]!);

        JsonNode shown = await app.GetAsync(pipeline);
        Assert.Equal(("month", 24, "monthly", "mase", 1.0), ((string)shown["time_column"]!, (int)shown["horizon"]!, (string)shown["frequency"]!, (string)shown["target_metric"]!, (double)shown["threshold"]!));
        JsonNode model = await app.GetAsync("/api/v1/models/co2");
        Assert.Equal(("forecasting", "deployed", "dataset://co2/1"), ((string)model["type"]!, (string)model["status"]!, (string)model["model_configuration"]!["dataset_uri"]!));

        (HttpStatusCode status, JsonNode? answer, _) = await app.SendAsync(HttpMethod.Post, "/api/v1/models/co2/predict", """{"horizon":24}""");
        Assert.Equal(HttpStatusCode.OK, status);
        JsonArray forecast = answer!["forecast"]!.AsArray();
        string[][] truth = [.. lines[^Horizon..].Select(line => line.Trim().Split(','))];
        Assert.Equal(truth.Select(cells => cells[0]), forecast.Select(point => (string)point!["time"]!));
        double[] errors = [.. truth.Zip(forecast, (cells, point) => Math.Abs(double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture) - (double)point!["value"]!))];
        Assert.True(errors.Average() < 1, $"The mean error is {errors.Average()} ppm.");
        Assert.All(forecast, point => Assert.InRange((double)point!["value"]!, (double)point["lower"]!, (double)point["upper"]!));
        Assert.Equal(forecast.ToJsonString(), await CopiedAsync("carried", """{"version":"v1"}""", file => app.Client.PostAsync("/api/v1/models/carried/versions?target=co2&columns=month", file)));
        Assert.Equal(forecast.ToJsonString(), await CopiedAsync("registered", """{"version":"v1"}""", _ => RegisterAsync("registered")));
    }

    [Fact]
    public async Task Job_OfASeriesThatMissesItsGate_IsRejected()
    {
        string pipeline = await app.CreateAsync(
            """{"model_name":"strict","dataset_uri":"dataset://co2","time_column":"month","horizon":12,"target_metric":"mae","threshold":0.000001,"auto_deploy":true}""");
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));

        Assert.Equal("rejected", (string)run["status"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Post, "/api/v1/models/strict/predict", """{"horizon":1}""")).Status);
    }

    [Theory]
    [InlineData("\"time_column\":\"month\",\"horizon\":24,\"frequency\":\"daily\"", "frequency_mismatch", "frequency")]
    [InlineData("\"time_column\":\"month\",\"horizon\":300", "series_too_short", "horizon")]
    [InlineData("\"time_column\":\"month\",\"horizon\":150,\"season_length\":300", "series_too_short", "season_length")]
    [InlineData("\"time_column\":\"date\",\"horizon\":12", "column_missing", "date")]
    [InlineData("\"time_column\":\"month\"", "field_required", "horizon")]
    [InlineData("\"time_column\":\"month\",\"horizon\":12,\"target_metric\":\"f1\"", "metric_task_mismatch", "target_metric")]
    [InlineData("\"time_column\":\"month\",\"horizon\":12,\"model_type\":\"anomaly_detection\"", "time_column_unsupported", "time_column")]
    [InlineData("\"horizon\":12", "time_column_required", "horizon")]
    public async Task Create_OfASeriesThatCannotBe_NamesTheField(string fields, string code, string field)
    {
        (HttpStatusCode status, JsonNode? body, _) = await app.SendAsync(HttpMethod.Post, PipelineApp.Pipelines, $$"""{"model_name":"co2","dataset_uri":"dataset://co2",{{fields}}}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal((code, field), ((string)body!["code"]!, (string)body["field"]!));
    }

    [Theory]
    [InlineData("day,units\n2024-01-01,1\n2024-01-02,2\n2024-01-04,3\n2024-01-04,3\n", "series_time_repeated")]
    [InlineData("day,units\n2024-01-01,1\n2024-01-02,2\n2024-01-04,3\n", "series_gaps")]
    [InlineData("day,units\nmonday,1\ntuesday,2\nfriday,3\n", "series_column_type")]
    public async Task Create_OfAnUnusableSeries_SaysWhy(string beginning, string code)
    {
        string rest = string.Concat(Enumerable.Range(5, 20).Select(day => $"{(beginning.Contains("monday", StringComparison.Ordinal) ? $"day {day}" : $"2024-01-{day:00}")},{day}\n"));
        await app.UploadAsync("odd", Encoding.UTF8.GetBytes(beginning + rest));

        (HttpStatusCode status, JsonNode? body, _) = await app.SendAsync(
            HttpMethod.Post, PipelineApp.Pipelines, """{"model_name":"odd","dataset_uri":"dataset://odd","time_column":"day","horizon":2}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (status, (string)body!["code"]!));
    }

    // Takes the file out of the registry, lets it come in again by another door, and foretells with what came in.
    private async Task<string> CopiedAsync(string name, string deployment, Func<HttpContent, Task<HttpResponseMessage>> enter)
    {
        using ByteArrayContent file = new(await app.Client.GetByteArrayAsync("/api/v1/models/co2/versions/v1/artifact"));
        using (HttpResponseMessage entered = await enter(file))
        {
            Assert.True(entered.IsSuccessStatusCode, await entered.Content.ReadAsStringAsync());
        }

        JsonNode configuration = (await app.GetAsync($"/api/v1/models/{name}/versions/v1"))["model_configuration"]!;
        Assert.Equal("co2", (string)configuration["target_column"]!);
        (HttpStatusCode deployed, JsonNode? said, _) = await app.SendAsync(HttpMethod.Post, $"/api/v1/models/{name}/deploy", deployment);
        Assert.True(deployed == HttpStatusCode.OK, said?.ToString());
        (_, JsonNode? answer, _) = await app.SendAsync(HttpMethod.Post, $"/api/v1/models/{name}/predict", $$"""{"horizon":{{Horizon}}}""");
        return answer!["forecast"]!.ToJsonString();
    }

    private async Task<HttpResponseMessage> RegisterAsync(string name)
    {
        (HttpStatusCode made, _, _) = await app.SendAsync(HttpMethod.Post, "/api/2.0/mlflow/registered-models/create", $$"""{"name":"{{name}}"}""");
        Assert.Equal(HttpStatusCode.OK, made);
        using StringContent body = new($$"""{"name":"{{name}}","source":"models:/co2/1"}""", Encoding.UTF8, "application/json");
        HttpResponseMessage version = await app.Client.PostAsync("/api/2.0/mlflow/model-versions/create", body);
        (HttpStatusCode moved, _, _) = await app.SendAsync(HttpMethod.Post, "/api/2.0/mlflow/model-versions/transition-stage", $$"""{"name":"{{name}}","version":"1","stage":"Staging","archive_existing_versions":false}""");
        Assert.Equal(HttpStatusCode.OK, moved);
        return version;
    }
}
