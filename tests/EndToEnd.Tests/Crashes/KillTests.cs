using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Trainyard.EndToEnd.Tests.Crashes;

public class KillTests(ITestOutputHelper log)
{
    private const int PipelineCount = 20;
    private const int KillCount = 12;
    private const int Seed = 20260105;
    private const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private static readonly string[] Ends = ["deployed", "completed", "rejected", "failed", "cancelled"];

    [Fact]
    public async Task TwentyPipelines_HostKilledAtRandomMoments_EachCompletesAndRegistersOnce()
    {
        log.WriteLine($"seed {Seed}");
        using CancellationTokenSource bound = new(Limit);
        await using KilledHost host = await KilledHost.StartAsync(Seed);
        using PersistentClient client = new(host);

        Task killing = host.KillRepeatedlyAsync(KillCount, bound.Token);
        (string Model, string Run)[] runs = await StartAllAsync(client, bound.Token);
        await killing;
        foreach ((string model, string run) in runs)
        {
            JsonNode ended = await WaitForEndAsync(client, run, bound.Token);
            Assert.True(ended["status"]!.ToString() == "deployed", $"{model} ended as {ended.ToJsonString()}");

            JsonNode versions = await client.GetAsync($"/api/v1/models/{model}/versions", bound.Token);
            JsonNode only = Assert.Single(versions["items"]!.AsArray())!;
            Assert.Equal("v1", only["version"]!.ToString());
        }

        log.WriteLine($"{PipelineCount} runs deployed once each, with {host.Kills} kills among them");
        Assert.Equal(KillCount, host.Kills);
    }

    private static async Task<(string Model, string Run)[]> StartAllAsync(PersistentClient client, CancellationToken cancellationToken)
    {
        string csv = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "iris.csv"), cancellationToken);
        JsonNode dataset = await client.UploadAsync("iris", csv, cancellationToken);
        List<(string, string)> runs = [];
        for (int index = 0; index < PipelineCount; index++)
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
