using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving;

namespace Trainyard.Domain.Tests.Serving;

public sealed class ModelStoreTests
{
    private const string Body = """{"instance":{"size":1}}""";

    [Fact]
    public async Task Get_Loaded_TakesWhatItTakesOfMemory()
    {
        using ServingWorld world = new();
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        await world.PredictAsync(Body);
        long loaded = world.Cache.Bytes;
        await world.PredictAsync("""{"instance":{"size":1},"explain":1}""");

        // A small tree's file is mostly its manifest; in memory there are the plan, the tree and the names. Who explains grows.
        Assert.InRange(loaded, 2_000, 200_000);
        Assert.InRange(world.Cache.Bytes, loaded + 100, 2 * loaded);
    }

    [Fact]
    public async Task Get_MoreMemoryThanThereIs_IsRefusedAndNotReadAgain()
    {
        using ServingWorld measured = new();
        ModelVersion version = await measured.DeployAsync(ServingWorld.Classifier(), "run-1");
        await measured.PredictAsync(Body);
        long bytes = measured.Cache.Bytes;
        using ServingWorld small = new(new ServingOptions { MaxModelBytes = bytes - 1 });
        await small.DeployAsync(ServingWorld.Classifier(), "run-1");

        Problem first = await TestStores.RefusedAsync(() => small.PredictAsync(Body));
        Problem second = await TestStores.RefusedAsync(() => small.PredictAsync(Body));

        Assert.True(version.Artifact.Bytes < bytes, $"A file of {version.Artifact.Bytes} bytes takes {bytes}.");
        Assert.Equal(("model_too_large", "model_too_large", 1), (first.Code, second.Code, small.Blobs.Reads));
    }

    [Fact]
    public async Task Get_NotAskedForInTheIdleTime_LeavesMemoryAndIsReadAgain()
    {
        using ServingWorld world = new(new ServingOptions { IdleTime = TimeSpan.FromMinutes(10), Freshness = TimeSpan.FromHours(1) });
        await world.DeployAsync(ServingWorld.Classifier(), "run-1", "idle");
        await world.DeployAsync(ServingWorld.Classifier(), "run-1", "busy");
        await world.PredictAsync(Body, "idle");
        for (int minute = 0; minute < 11; minute++)
        {
            await world.PredictAsync(Body, "busy");
            world.Stores.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((1, 2), (world.Cache.Count, world.Blobs.Reads));
        await world.PredictAsync(Body, "busy");
        Assert.Equal(2, world.Blobs.Reads);
        await world.PredictAsync(Body, "idle");
        Assert.Equal(3, world.Blobs.Reads);
        PrometheusText text = new();
        world.Metrics.Write(text);
        Assert.Contains("ml_model_unloads_total 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("ml_model_loads_total 3\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_VersionsForTests_LeaveBeforeWhatIsDeployed()
    {
        using ServingWorld world = new(new ServingOptions { MaxModels = 2 });
        await world.RegisterAsync(ServingWorld.Classifier(), "run-1");
        await world.RegisterAsync(ServingWorld.Classifier(), "run-2");
        await world.DeployAsync(ServingWorld.Classifier(), "run-3");
        await world.PredictAsync(Body);
        foreach (string version in new[] { "v1", "v2", "v1", "v2" })
        {
            world.Stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await world.PredictAsync(Body, version: version);
        }

        int reads = world.Blobs.Reads;
        await world.PredictAsync(Body);

        Assert.Equal((5, 5), (reads, world.Blobs.Reads));
    }

    [Fact]
    public async Task Preload_NamedModels_AreThereBeforeTheFirstRequest_AndStay()
    {
        Assert.True(PreloadedModel.TryParse("fruit", out PreloadedModel? fruit));
        Assert.True(PreloadedModel.TryParse("default/absent", out PreloadedModel? absent));
        ServingOptions options = new() { Preload = [absent!, fruit!], IdleTime = TimeSpan.FromMinutes(10), Freshness = TimeSpan.FromDays(1) };
        using ServingWorld world = new(options);
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        ModelPreloader preloader = new(world.Cache, options);
        List<(string, string)> failed = [];

        Assert.False(preloader.IsDone);
        await preloader.RunAsync((model, failure) => failed.Add((model.Name, ((ProblemException)failure).Problem.Code)), CancellationToken.None);
        world.Stores.Clock.Advance(TimeSpan.FromHours(1));
        await world.PredictAsync(Body);

        Assert.True(preloader.IsDone);
        Assert.Equal([("absent", "model_not_found")], failed);
        Assert.Equal(1, world.Blobs.Reads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b/c")]
    [InlineData("Tenant/a")]
    [InlineData("/a")]
    public void TryParse_NoModel_IsFalse(string text) => Assert.False(PreloadedModel.TryParse(text, out _));
}
