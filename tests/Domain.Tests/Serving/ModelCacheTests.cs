using System.Text.Json;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Tests.Pipelines;

namespace Trainyard.Domain.Tests.Serving;

public sealed class ModelCacheTests
{
    private const string Body = """{"instance":{"size":1}}""";

    [Fact]
    public async Task Get_ManyAtOnce_LoadsTheFileOnce()
    {
        using ServingWorld world = new();
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.PredictAsync(Body)));

        Assert.Equal(1, world.Blobs.Reads);
    }

    [Fact]
    public async Task Get_WhoseLookUpBreaks_KeepsNothingOfTheName()
    {
        using ServingWorld world = new();
        InterleavingDocumentStore store = new(world.Stores.Documents, before: 1, () => throw new StorageUnavailableException("The store is away."));
        ModelRegistry registry = new(store, world.Stores.Ids, world.Stores.Clock, new DeploymentSignal());
        ModelCache cache = new(registry, world.Artifacts, world.Alerts, new DeploymentSignal(), world.Stores.Clock, new ServingOptions(), world.Metrics);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => cache.GetAsync(TestStores.Tenant, "nobody", version: null, CancellationToken.None).AsTask());
        Assert.Equal(0, cache.RouteCount);
    }

    [Fact]
    public async Task Get_ByIdAndName_SharesOneModel()
    {
        using ServingWorld world = new();
        ModelVersion version = await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        await world.PredictAsync(Body);
        await world.PredictAsync(Body, version.ModelId);

        Assert.Equal((1, 1), (world.Blobs.Reads, world.Cache.Count));
    }

    [Fact]
    public async Task Get_AfterADeploymentOfThisProcess_IsTheNewVersionAtOnce()
    {
        using ServingWorld world = new();
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        Assert.Equal("v1", await VersionAsync(world));

        await world.DeployAsync(ServingWorld.Classifier(), "run-2");

        Assert.Equal("v2", await VersionAsync(world));
    }

    [Fact]
    public async Task Get_AfterADeploymentOfAnotherProcess_IsTheNewVersionOnceTheLookUpIsOld()
    {
        using ServingWorld world = new(heard: new DeploymentSignal());
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        Assert.Equal("v1", await VersionAsync(world));
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");

        string early = await VersionAsync(world);
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);
        string late = await VersionAsync(world);

        Assert.Equal(("v1", "v2"), (early, late));
    }

    [Fact]
    public async Task Get_MoreModelsThanAllowed_DropsTheOneUsedLongestAgo()
    {
        using ServingWorld world = new(new ServingOptions { MaxModels = 2 });
        foreach (string name in new[] { "one", "two", "three" })
        {
            await world.DeployAsync(ServingWorld.Classifier(), "run-1", name);
        }

        await world.PredictAsync(Body, "one");
        world.Stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.PredictAsync(Body, "two");
        world.Stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.PredictAsync(Body, "one");
        world.Stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.PredictAsync(Body, "three");
        int before = world.Blobs.Reads;
        await world.PredictAsync(Body, "one");
        int kept = world.Blobs.Reads;
        await world.PredictAsync(Body, "two");

        Assert.Equal((0, 1), (kept - before, world.Blobs.Reads - kept));
        Assert.Equal(2, world.Cache.Count);
    }

    [Fact]
    public async Task Get_ChangedFile_IsRefusedAndTriedAgainOnceMended()
    {
        using ServingWorld world = new();
        ModelVersion version = await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await using Stream stored = (await world.Stores.Blobs.OpenReadAsync("artifacts", version.Artifact.Path, default))!;
        using MemoryStream good = new();
        await stored.CopyToAsync(good);
        byte[] bad = good.ToArray();
        bad[^1] ^= 1;
        await world.Stores.Blobs.WriteAsync("artifacts", version.Artifact.Path, new MemoryStream(bad), overwrite: true, default);

        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync(Body));
        await world.Stores.Blobs.WriteAsync("artifacts", version.Artifact.Path, new MemoryStream(good.ToArray()), overwrite: true, default);

        Assert.Equal("model_corrupt", problem.Code);
        Assert.Equal("v1", await VersionAsync(world));
    }

    [Fact]
    public async Task Get_NothingDeployed_IsAConflictUntilSomethingIs()
    {
        using ServingWorld world = new();
        await world.RegisterAsync(ServingWorld.Classifier(), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync(Body));
        await world.Registry.DeployAsync(TestStores.Tenant, "fruit", 1, "run-1", default);

        Assert.Equal((ProblemKind.Conflict, "model_not_deployed"), (problem.Kind, problem.Code));
        Assert.Equal("v1", await VersionAsync(world));
    }

    [Fact]
    public async Task Get_WhileStorageFails_GoesOnWithWhatItHasAndSaysSo()
    {
        using ServingWorld world = new(heard: new DeploymentSignal());
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await VersionAsync(world);
        world.Documents.Fails = true;
        List<string> during = [];
        for (int hour = 0; hour < 3; hour++)
        {
            world.Stores.Clock.Advance(TimeSpan.FromHours(1));
            during.Add(await VersionAsync(world));
            during.Add(await VersionAsync(world));
        }

        world.Documents.Fails = false;
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);

        Assert.Equal(Enumerable.Repeat("v1", 6), during);
        Assert.Equal("v2", await VersionAsync(world));
        PrometheusText text = new();
        world.Metrics.Write(text);
        Assert.Contains("ml_model_lookups_failed_total{model=\"fruit\"} 3\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhileStorageHangs_WaitsNoLongerThanItsPatienceAndLearnsInTheEnd()
    {
        using ServingWorld world = new(heard: new DeploymentSignal());
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await VersionAsync(world);
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);
        TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Documents.Answers = answers.Task;

        Task<string> first = VersionAsync(world);
        Assert.Equal(1, world.Stores.Clock.PendingTimers);
        string meanwhile = await VersionAsync(world);
        Assert.False(first.IsCompleted);
        world.Stores.Clock.Advance(ModelCache.Patience);
        string impatient = await first;
        answers.SetResult();

        // The look-up that nobody waits for any more still replaces the model; until then the old one answers.
        using CancellationTokenSource tooLong = new(TimeSpan.FromSeconds(30));
        string late = await VersionAsync(world);
        while (late == "v1" && !tooLong.IsCancellationRequested)
        {
            late = await VersionAsync(world);
        }

        Assert.Equal(("v1", "v1", "v2"), (meanwhile, impatient, late));
    }

    [Fact]
    public async Task Get_WhileTheNewVersionsFileCannotBeRead_GoesOnWithTheOld()
    {
        using ServingWorld world = new(heard: new DeploymentSignal());
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await VersionAsync(world);
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);
        world.Blobs.Fails = true;
        string during = await VersionAsync(world);
        world.Blobs.Fails = false;
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);

        Assert.Equal(("v1", "v2"), (during, await VersionAsync(world)));
    }

    [Fact]
    public async Task Get_WhileStorageFailsAfterADeploymentOfThisProcess_Refuses()
    {
        using ServingWorld world = new();
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await VersionAsync(world);
        await world.DeployAsync(ServingWorld.Classifier(), "run-2");
        world.Documents.Fails = true;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => VersionAsync(world));

        world.Documents.Fails = false;
        Assert.Equal("v2", await VersionAsync(world));
    }

    private static async Task<string> VersionAsync(ServingWorld world)
    {
        JsonElement answer = await world.PredictAsync(Body);
        return answer.GetProperty("version").GetString()!;
    }
}
