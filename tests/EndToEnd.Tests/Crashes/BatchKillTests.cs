using System.Text;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Trainyard.EndToEnd.Tests.Crashes;

public class BatchKillTests(ITestOutputHelper log)
{
    // Eight stretches a job: rows are wide, so that the host dies in the middle of many.
    private const int RowCount = 40_000;
    private const int NoteLength = 1_500;
    private const int Rounds = 2;
    private const int JobsOfRound = 6;
    private const int Seed = 20261121;
    private const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";
    private const string Jobs = "/api/v1/predictions";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task BatchJobs_HostKilledAtRandomMoments_LoseAndRepeatNoRow()
    {
        log.WriteLine($"seed {Seed}");
        using CancellationTokenSource bound = new(Limit);
        await using KilledHost host = await KilledHost.StartAsync(Seed);
        using PersistentClient client = new(host);
        await DeployAsync(client, bound.Token);
        await client.UploadAsync("many", Rows(), bound.Token);

        HashSet<string> hashes = [];
        for (int round = 0; round < Rounds; round++)
        {
            Task killing = host.KillRepeatedlyAsync(bound.Token);
            List<string> jobs = [];
            for (int index = 0; index < JobsOfRound; index++)
            {
                JsonObject request = new() { ["model_id"] = "iris", ["dataset_uri"] = "dataset://many", ["id_column"] = "id" };
                jobs.Add((await client.PostAsync($"{Jobs}/batch", request, $"batch-{round}-{index}", bound.Token))["job_id"]!.ToString());
            }

            await killing;
            foreach (string job in jobs)
            {
                hashes.Add(await CompletedHashAsync(host, client, job, bound.Token));
            }
        }

        Assert.Single(hashes);
        JsonNode listed = await client.GetAsync(Jobs, bound.Token);
        Assert.Equal(Rounds * JobsOfRound, listed["items"]!.AsArray().Count);
    }

    private static async Task<string> CompletedHashAsync(KilledHost host, PersistentClient client, string job, CancellationToken cancellationToken)
    {
        JsonNode ended = await WaitForEndAsync(client, job, cancellationToken);
        Assert.True(ended["status"]!.ToString() == "completed", $"{ended.ToJsonString()}\n{host.Output}");
        Assert.Equal((RowCount, 0), ((int)ended["completed_items"]!, (int)ended["failed_items"]!));
        await HoldsEachRowOnceAsync(host, job, cancellationToken);
        return ended["result"]!["sha256"]!.ToString();
    }

    private static async Task DeployAsync(PersistentClient client, CancellationToken cancellationToken)
    {
        string csv = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "iris.csv"), cancellationToken);
        JsonNode dataset = await client.UploadAsync("iris", csv, cancellationToken);
        JsonObject request = new()
        {
            ["model_name"] = "iris", ["dataset_uri"] = dataset["uri"]!.DeepClone(), ["target_metric"] = "accuracy",
            ["target_column"] = "species", ["threshold"] = 0.8, ["auto_deploy"] = true,
        };
        JsonNode pipeline = await client.PostAsync(Pipelines, request, "create", cancellationToken);
        JsonNode run = await client.PostAsync($"{Pipelines}/{pipeline["id"]}/trigger", null, "trigger", cancellationToken);
        while ((await client.GetAsync($"{Pipelines}/{pipeline["id"]}/runs/{run["run_id"]}", cancellationToken))["status"]!.ToString() != "deployed")
        {
            // Polls a condition, as any client of the API would.
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static string Rows()
    {
        Random random = new(Seed);
        string note = new('x', NoteLength);
        StringBuilder csv = new("id,sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,note\n");
        for (int row = 1; row <= RowCount; row++)
        {
            csv.Append($"r{row},{random.Next(43, 80)}e-1,{random.Next(20, 45)}e-1,{random.Next(10, 70)}e-1,{random.Next(1, 26)}e-1,{note}\n");
        }

        return csv.ToString();
    }

    private static async Task<JsonNode> WaitForEndAsync(PersistentClient client, string job, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonNode state = await client.GetAsync($"{Jobs}/{job}", cancellationToken);
            if (state["finished_at"] is not null)
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task HoldsEachRowOnceAsync(KilledHost host, string job, CancellationToken cancellationToken)
    {
        using HttpClient http = new() { BaseAddress = host.Address };
        await using Stream file = await http.GetStreamAsync($"{Jobs}/{job}/results/file", cancellationToken);
        using StreamReader reader = new(file);
        Assert.StartsWith("row,id,prediction", await reader.ReadLineAsync(cancellationToken), StringComparison.Ordinal);
        int row = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            row++;
            Assert.StartsWith($"{row},r{row},", line, StringComparison.Ordinal);
        }

        Assert.Equal(RowCount, row);
    }
}
