using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Tests.Serving;

public sealed class ForecastServingTests : IDisposable
{
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Predict_Horizon_IsWhatTheForecasterForetells()
    {
        Forecaster forecaster = Make();
        await DeployAsync(forecaster);

        JsonElement answer = await world.PredictAsync("""{"horizon":14}""", "sales");

        Forecast expected = forecaster.Forecast(14);
        Assert.Equal(("sales", "v1", "seasonal_naive", 0.95), (answer.GetProperty("model").GetString(), answer.GetProperty("version").GetString(), answer.GetProperty("method").GetString(), answer.GetProperty("level").GetDouble()));
        Assert.Equal(expected.Points, answer.GetProperty("forecast").EnumerateArray().Select(point => new ForecastPoint(
            point.GetProperty("time").GetString()!, point.GetProperty("value").GetDouble(), point.GetProperty("lower").GetDouble(), point.GetProperty("upper").GetDouble())));
        Assert.Equal("2024-02-12", expected.Points[0].Time);
        Assert.Equal(14, answer.GetProperty("prediction_ids").EnumerateArray().Select(id => id.GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Predict_Level_NarrowsTheIntervals()
    {
        await DeployAsync(Make());

        JsonElement wide = (await world.PredictAsync("""{"horizon":1}""", "sales")).GetProperty("forecast")[0];
        JsonElement narrow = (await world.PredictAsync("""{"horizon":1,"level":0.5}""", "sales")).GetProperty("forecast")[0];

        Assert.True(narrow.GetProperty("lower").GetDouble() > wide.GetProperty("lower").GetDouble());
        Assert.True(narrow.GetProperty("upper").GetDouble() < wide.GetProperty("upper").GetDouble());
        Assert.Equal(wide.GetProperty("value").GetDouble(), narrow.GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("""{"instances":[{"day":"2024-01-01"}]}""", "instances_unsupported", "instances")]
    [InlineData("""{"instance":{"day":"2024-01-01"}}""", "instances_unsupported", "instance")]
    [InlineData("""{"horizon":1,"instances":[]}""", "instances_unsupported", "instances")]
    [InlineData("""{"instances":""", "instances_unsupported", "instances")]
    [InlineData("""{"horizon":0}""", "horizon_out_of_range", "horizon")]
    [InlineData("""{"horizon":2001}""", "horizon_out_of_range", "horizon")]
    [InlineData("""{"horizon":20000}""", "instances_too_many", "instances")]
    [InlineData("""{"horizon":1,"level":1}""", "option_out_of_range", "level")]
    [InlineData("""{"horizon":1.5}""", "field_type", "horizon")]
    [InlineData("""{"horizon":"twelve"}""", "field_type", "horizon")]
    [InlineData("""{"horizon":99999999999}""", "field_type", "horizon")]
    [InlineData("""{"horizon":1,"horizon":2}""", "field_duplicate", "horizon")]
    [InlineData("""{"steps":1}""", "field_unknown", "steps")]
    [InlineData("""{}""", "field_missing", "horizon")]
    [InlineData("""{"horizon":1""", "json_malformed", null)]
    [InlineData("""[1]""", "field_type", null)]
    [InlineData("", "json_empty", null)]
    public async Task Predict_BadRequest_IsRefusedByName(string body, string code, string? field)
    {
        await DeployAsync(Make());

        Problem problem = (await Assert.ThrowsAsync<ProblemException>(() => world.PredictAsync(body, "sales"))).Problem;

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Fact]
    public async Task Predict_FileOfAnotherKind_IsCorrupt()
    {
        await DeployAsync(Make(), task: "regression");

        Problem problem = (await Assert.ThrowsAsync<ProblemException>(() => world.PredictAsync("""{"horizon":1}""", "sales"))).Problem;

        Assert.Equal("model_corrupt", problem.Code);
    }

    private static Forecaster Make()
    {
        TimeSeries series = new(TimeAxis.Durations(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(1)), Enumerable.Range(0, 42).Select(day => 100.0 + (day % 7) + (day % 5)));
        return Forecaster.Fit(new ForecastFit(series, ForecastCatalog.Get("seasonal_naive")), default);
    }

    private async Task DeployAsync(Forecaster forecaster, string task = "forecasting")
    {
        byte[] file = ForecasterFile.ToBytes(forecaster);
        await world.Stores.Blobs.WriteAsync("artifacts", "default/sales/model.tym", new MemoryStream(file), overwrite: true, default);
        ModelRegistration registration = new(
            "sales",
            task,
            forecaster.Lineage.Learner,
            new Dictionary<string, double>(StringComparer.Ordinal),
            [new ModelInput("day", "date")],
            new Dictionary<string, double>(StringComparer.Ordinal),
            new ModelArtifact("artifacts", "default/sales/model.tym", Convert.ToHexStringLower(SHA256.HashData(file)), file.Length),
            new("sales", 1, new string('0', 64), "run-1", null, "units", 1, "test"));
        ModelVersion version = await world.Registry.RegisterAsync(TestStores.Tenant, registration, default);
        await world.Registry.DeployAsync(TestStores.Tenant, "sales", version.Sequence, "run-1", default);
    }
}
