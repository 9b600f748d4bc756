using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Trainyard.EndToEnd.Tests.Crashes;

public class KillTests(ITestOutputHelper log)
{
    private const int Rounds = 3;
    private const int PipelinesOfRound = 7;
    private const int Seed = 20260105;
    private const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private static readonly string[] Ends = ["deployed", "completed", "rejected", "failed", "cancelled"];

    [Fact]
    public async Task Pipelines_HostKilledAtRandomMoments_EachCompletesAndRegistersOnce()
    {
        log.WriteLine($"seed {Seed}");
        using CancellationTokenSource bound = new(Limit);
        await using KilledHost host = await KilledHost.StartAsync(Seed);
        using PersistentClient client = new(host);

        string csv = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "iris.csv"), bound.Token);
        JsonNode dataset = await client.UploadAsync("iris", csv, bound.Token);
        for (int round = 0; round < Rounds; round++)
        {
            Task killing = host.KillRepeatedlyAsync(bound.Token);
            (string Model, string Run)[] runs = await StartAllAsync(client, dataset, round * PipelinesOfRound, bound.Token);
            await killing;
            await AssertDeployedOnceAsync(client, runs, bound.Token);
        }

        log.WriteLine($"{Rounds * PipelinesOfRound} runs deployed once each, with {host.Kills} kills among them");
        Assert.Equal(Rounds * KilledHost.Forgiven, host.Kills);
    }

    private static async Task AssertDeployedOnceAsync(PersistentClient client, (string Model, string Run)[] runs, CancellationToken cancellationToken)
    {
        foreach ((string model, string run) in runs)
        {
            JsonNode ended = await WaitForEndAsync(client, run, cancellationToken);
            Assert.True(ended["status"]!.ToString() == "deployed", $"{model} ended as {ended.ToJsonString()}");

            JsonNode versions = await client.GetAsync($"/api/v1/models/{model}/versions", cancellationToken);
            JsonNode only = Assert.Single(versions["items"]!.AsArray())!;
            Assert.Equal("v1", only["version"]!.ToString());
        }
    }

    private static async Task<(string Model, string Run)[]> StartAllAsync(PersistentClient client, JsonNode dataset, int first, CancellationToken cancellationToken)
    {
        List<(string, string)> runs = [];
        for (int index = first; index < first + PipelinesOfRound; index++)
        {
            string model = $"iris-{index}";
            JsonObject request = new()
            {
                ["model_name"] = model, ["dataset_uri"] = dataset["uri"]!.DeepClone(), ["target_metric"] = "accuracy",
                ["target_column"] = "species", ["threshold"] = 0.8, ["auto_deploy"] = true,
            };
            JsonNode pipeline = await client.PostAsync(Pipelines, request, $"create-{index}", cancellationToken);
            JsonNode started = await client.PostAsync($"{Pipelines}/{pipeline["id"]}/trigger", null, $"trigger-{index}", cancellationToken);
            runs.Add((model, $"{Pipelines}/{pipeline["id"]}/runs/{started["run_id"]}"));
        }

        return [.. runs];
    }

    private static async Task<JsonNode> WaitForEndAsync(PersistentClient client, string run, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonNode state = await client.GetAsync(run, cancellationToken);
            if (Ends.Contains(state["status"]!.ToString()))
            {
                return state;
            }

            // Polls a condition, as any client of the API would.
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
