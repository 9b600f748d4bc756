using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Soak;

/// <summary>Whoever runs the models: registers, deploys, splits, shadows, rolls back, and deletes what is old, one model after the other.</summary>
internal sealed class SoakOperator(SoakClient client, SoakFleet fleet, SoakModels models)
{
    private const int LiveVersions = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly DeterministicRandom random = new(7);
    private readonly Dictionary<string, List<string>> versions = new(StringComparer.Ordinal);
    private int kind;

    /// <summary>Gives every model its first version.</summary>
    public async Task BeginAsync()
    {
        foreach (string model in Enumerable.Range(0, SoakFleet.Models).Select(SoakFleet.Name))
        {
            string version = await RegisterAsync(model) ?? throw new InvalidOperationException(string.Join('\n', client.Failures));
            await DeployAsync(model, version, "immediate");
        }
    }

    /// <summary>Takes one model after the other until it is told to end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            string model = SoakFleet.Name(random.NextInt(SoakFleet.Models));
            string before = versions[model][^1];
            if (await RegisterAsync(model) is not { } version)
            {
                continue;
            }

            await DeployAsync(model, version, "blue_green");
            await SplitAsync(model, version, before);
            await RollBackAsync(model);
            await RollBackAsync(model);
            await DeployAsync(model, version, "immediate");
            await TidyAsync(model);
        }
    }

    private async Task<string?> RegisterAsync(string model)
    {
        int next = kind++ % SoakModels.Kinds;
        string? version = (await client.UploadAsync("register", $"/api/v1/models/{model}/versions", models.Files[next]))?.GetProperty("version").GetString();
        if (version is not null)
        {
            fleet.Add(model, version, next);
            versions.TryAdd(model, []);
            versions[model].Add(version);
        }

        return version;
    }

    private Task DeployAsync(string model, string version, string strategy) =>
        ChangeAsync(strategy, HttpMethod.Post, $"/api/v1/models/{model}/deploy", new JsonObject { ["version"] = version, ["strategy"] = strategy });

    // Half of the traffic to each, and a shadow where there is a third.
    private Task SplitAsync(string model, string version, string before)
    {
        JsonArray shadows = [.. versions[model].Except([version, before], StringComparer.Ordinal).Take(1).Select(other => (JsonNode)new JsonObject { ["version"] = other, ["percent"] = 100 })];
        JsonArray shares = [new JsonObject { ["version"] = version, ["percent"] = 50 }, new JsonObject { ["version"] = before, ["percent"] = 50 }];
        return ChangeAsync("split", HttpMethod.Put, $"/api/v1/models/{model}/traffic", new JsonObject { ["shares"] = shares, ["shadows"] = shadows });
    }

    private Task RollBackAsync(string model) => ChangeAsync("roll back", HttpMethod.Post, $"/api/v1/models/{model}/rollback", new JsonObject());

    // A shadow stays until it is taken away, whatever is deployed meanwhile, and what is a shadow cannot be deleted.
    private async Task TidyAsync(string model)
    {
        await ChangeAsync("end shadows", HttpMethod.Put, $"/api/v1/models/{model}/traffic", new JsonObject { ["shadows"] = new JsonArray() });
        while (versions[model].Count > LiveVersions)
        {
            string oldest = versions[model][0];
            versions[model].RemoveAt(0);
            await ChangeAsync("delete", HttpMethod.Delete, $"/api/v1/models/{model}/versions/{oldest}?reason=old", body: null);
        }
    }

    private async Task ChangeAsync(string name, HttpMethod method, string path, JsonNode? body)
    {
        await client.AskAsync(name, method, path, body);
        await Task.Delay(Pace);
    }
}
