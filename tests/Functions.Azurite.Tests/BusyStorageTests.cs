using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Functions.Tests.Pipelines;
using Trainyard.Functions.Tests.Storage;
using Trainyard.Testing.Azurite;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests;

/// <summary>The main job on a storage account that refuses, breaks off and swallows answers.</summary>
public sealed class BusyStorageTests(ITestOutputHelper output)
{
    private const int Runs = 3;
    private const double Share = 0.05;

    // Fewer than the product's own tries.
    private const int FaultsOfACall = 3;

    private static readonly StorageFault[] Kinds = [StorageFault.Throttled, StorageFault.Unsent, StorageFault.AnswerLost];

    [Fact]
    public async Task Runs_SideBySide_EndOnceEachWithAllTheirSteps()
    {
        (StorageProxy proxy, IReadOnlyDictionary<string, string?> settings) = await HostStorage.ByProxyAsync(StorageProxy.AtRandom(5, Share, FaultsOfACall, Kinds));
        await using StorageProxy closed = proxy;
        await using PipelineApp app = await PipelineApp.StartAsync(settings: settings);
        await app.UploadAsync("iris", Samples.Read("iris"));

        await Task.WhenAll(Enumerable.Range(0, Runs).Select(number => RunAsync(app, $"iris{number}")));

        Assert.All(Kinds, kind => Assert.True(proxy.Faults.GetValueOrDefault(kind) > 0, $"{kind} never happened."));
        output.WriteLine(string.Join(", ", proxy.Faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}")));
    }

    private static async Task RunAsync(PipelineApp app, string model)
    {
        string pipeline = await app.CreateAsync($$"""{"model_name":"{{model}}","dataset_uri":"dataset://iris","target_metric":"accuracy","threshold":0.8,"auto_deploy":true}""");
        JsonNode run = await app.FollowAsync(await app.TriggerAsync(pipeline));

        Assert.True((string)run["status"]! == "deployed", run.ToString());
        Assert.All(run["steps"]!.AsArray(), step => Assert.Equal("completed", (string)step!["status"]!));
        Assert.Equal(1, (int)(await app.GetAsync(pipeline))["total_runs"]!);
        Assert.Single((await app.GetAsync($"/api/v1/models/{model}/versions"))["items"]!.AsArray());
        string[] events = [.. (await app.GetAsync($"/api/v1/models/{model}/history"))["items"]!.AsArray().Select(each => $"{each!["kind"]} {each["version"]} {each["subject"]} {each["to"]}")];
        Assert.Contains(events, each => each.StartsWith("registered v1", StringComparison.Ordinal));
        Assert.Equal(events.Distinct(StringComparer.Ordinal), events);
        (HttpStatusCode status, JsonNode? answer, _) = await app.SendAsync(
            HttpMethod.Post, $"/api/v1/models/{model}/predict", """{"instance":{"sepal_length_cm":5.1,"sepal_width_cm":3.5,"petal_length_cm":1.4,"petal_width_cm":0.2}}""");
        Assert.True(status == HttpStatusCode.OK, answer?.ToString());
    }
}
