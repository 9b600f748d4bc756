using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Soak;

/// <summary>One caller: asks models in each of the forms, popular ones more often, and holds every value against what the version that says it answered predicts.</summary>
internal sealed class SoakCaller(SoakClient client, SoakFleet fleet, SoakModels models, ulong seed)
{
    private const int RowsOfMany = 8;

    private readonly DeterministicRandom random = new(seed);

    /// <summary>Asks one request after the other until it is told to end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await (random.NextInt(100) switch
            {
                < 40 => OneAsync(),
                < 65 => ManyAsync(),
                < 70 => ExplainedAsync(),
                < 85 => TensorsAsync(),
                < 90 => BatchAsync(),
                < 95 => client.AskAsync("GET model", HttpMethod.Get, $"/api/v1/models/{Model()}"),
                _ => client.AskAsync("GET versions", HttpMethod.Get, $"/api/v1/models/{Model()}/versions"),
            });
        }
    }

    private Task OneAsync()
    {
        (string model, int row) = (Model(), Row());
        return client.AskAsync("predict, seed 4", HttpMethod.Post, "/mlops/predict", One(model, row), answer => Wrong(model, answer, row));
    }

    private Task BatchAsync()
    {
        (string Model, int Row)[] asked = [.. Enumerable.Range(0, 4).Select(_ => (Model(), Row()))];
        JsonArray requests = [.. asked.Select(each => (JsonNode)One(each.Model, each.Row))];
        return client.AskAsync("batch, seed 4", HttpMethod.Post, "/mlops/predict/batch", new JsonObject { ["requests"] = requests }, answer =>
            asked.Zip(answer.GetProperty("predictions").EnumerateArray(), (each, one) => Wrong(each.Model, one, each.Row)).FirstOrDefault(wrong => wrong is not null));
    }

    private Task ManyAsync()
    {
        string model = Model();
        int[] rows = [.. Enumerable.Range(0, RowsOfMany).Select(_ => Row())];
        JsonObject body = new() { ["instances"] = new JsonArray([.. rows.Select(models.Row)]) };
        return client.AskAsync("predict, rows", HttpMethod.Post, $"/api/v1/models/{model}/predict", body, answer => Wrong(model, answer, rows));
    }

    private Task ExplainedAsync()
    {
        (string model, int row) = (Model(), Row());
        JsonObject body = new() { ["instance"] = models.Row(row), ["explain"] = 2 };
        return client.AskAsync("predict, explained", HttpMethod.Post, $"/api/v1/models/{model}/predict", body, answer =>
            Wrong(model, answer, [row]) ?? (answer.GetProperty("explanations").GetArrayLength() == 1 ? null : "not explained"));
    }

    private Task TensorsAsync()
    {
        string model = Model();
        int[] rows = [Row(), Row()];
        JsonObject body = new() { ["inputs"] = models.Tensors(rows), ["outputs"] = new JsonArray(new JsonObject { ["name"] = "predict" }) };
        return client.AskAsync("infer, v2", HttpMethod.Post, $"/v2/models/{model}/infer", body, answer =>
            Wrong(model, answer.GetProperty("model_version"), [.. answer.GetProperty("outputs")[0].GetProperty("data").EnumerateArray()], rows));
    }

    private JsonObject One(string model, int row) => new() { ["modelId"] = model, ["input"] = models.Row(row) };

    private string? Wrong(string model, JsonElement answer, int row) => Wrong(model, answer.GetProperty("version"), [answer.GetProperty("prediction")], [row]);

    private string? Wrong(string model, JsonElement answer, int[] rows) =>
        Wrong(model, answer.GetProperty("version"), [.. answer.GetProperty("predictions").EnumerateArray()], rows);

    private string? Wrong(string model, JsonElement version, JsonElement[] values, int[] rows) =>
        fleet.KindOf(model, version.GetString()!) is not { } kind ? $"nobody made version {version}"
            : values.Length != rows.Length ? $"{values.Length} values of {rows.Length} rows"
            : values.Zip(rows).Any(each => !models.IsRight(kind, each.Second, each.First.GetDouble())) ? $"version {version} does not predict that"
            : null;

    // Zipf's law with exponent 1, by inversion of its continuous form.
    private string Model() => SoakFleet.Name((int)Math.Pow(SoakFleet.Models, random.NextDouble()) - 1);

    private int Row() => random.NextInt(SoakModels.Rows);
}
