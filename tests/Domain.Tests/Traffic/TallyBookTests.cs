using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Tests.Traffic;

public sealed class TallyBookTests : IDisposable
{
    private const string Body = """{"instance":{"size":1}}""";
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Counts_OfASplit_AreOfTheVersionThatARequestWasAssignedTo()
    {
        await SplitAsync();
        for (int request = 0; request < 200; request++)
        {
            await world.PredictAsync(Body);
        }

        await TestStores.RefusedAsync(() => world.PredictAsync("""{"instance":{"nothing":1}}"""));
        IReadOnlyDictionary<int, VersionCounts> versions = await ReadAsync();

        Assert.Equal((201, 1), (versions.Values.Sum(each => each.Calls), versions.Values.Sum(each => each.Failures)));
        Assert.InRange(versions[2].Calls, 60, 140);
        Assert.All(versions.Values, each => Assert.Equal(each.Calls, each.Latencies.Sum()));
        Assert.All(versions.Values, each => Assert.Equal(each.Calls - each.Failures, each.Outputs.Labels["apple"]));
    }

    [Fact]
    public async Task Counts_OfWholeTraffic_AreNotTaken()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.PredictAsync(Body);

        await world.Book.FlushAsync(default);

        Assert.Empty((await world.Book.ReadAsync(TestStores.Tenant, "fruit", 1, default)).Versions);
    }

    [Fact]
    public async Task Counts_OfSeveralHosts_AddUpAndRepeatedWritesChangeNothing()
    {
        await SplitAsync();
        await world.PredictAsync(Body);
        await world.Book.FlushAsync(default);
        await world.Book.FlushAsync(default);
        TallyBook other = new(world.Stores.Documents, world.Stores.Ids, new MetricsRegistry());
        Tally tally = other.Find(new TallyKey(TestStores.Tenant, "fruit", 2, 2, IsShadow: true))!;
        tally.AddFailed();
        await other.FlushAsync(default);
        tally.AddFailed();
        await other.FlushAsync(default);

        (IReadOnlyDictionary<int, VersionCounts> versions, IReadOnlyDictionary<int, ShadowCounts> shadows) =
            await world.Book.ReadAsync(TestStores.Tenant, "fruit", 2, default);

        Assert.Equal(1, versions.Values.Sum(each => each.Calls));
        Assert.Equal((2, 2), (shadows[2].Calls, shadows[2].Failures));
    }

    [Fact]
    public async Task Flush_WhileStorageFails_KeepsWhatWasCounted()
    {
        await SplitAsync();
        await world.PredictAsync(Body);
        world.Documents.Fails = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.Book.FlushAsync(default));
        world.Documents.Fails = false;

        Assert.Equal(1, (await ReadAsync()).Values.Sum(each => each.Calls));
    }

    [Fact]
    public async Task Counts_AfterARestart_GoOnBesideThoseBefore()
    {
        await SplitAsync();
        await world.PredictAsync(Body);
        await world.Book.FlushAsync(default);
        TallyBook restarted = new(world.Stores.Documents, world.Stores.Ids, new MetricsRegistry());

        (IReadOnlyDictionary<int, VersionCounts> versions, _) = await restarted.ReadAsync(TestStores.Tenant, "fruit", 2, default);

        Assert.Equal(1, versions.Values.Sum(each => each.Calls));
    }

    private async Task SplitAsync()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.RegisterAsync(ServingWorld.Classifier(), "run-2");
        await world.Traffic.SetAsync(
            TestStores.Tenant, "fruit", new TrafficChange { Shares = [new("v1", 50), new("v2", 50)] }, "split", new ChangeNote("ada"), default);
    }

    private async Task<IReadOnlyDictionary<int, VersionCounts>> ReadAsync()
    {
        await world.Book.FlushAsync(default);
        return (await world.Book.ReadAsync(TestStores.Tenant, "fruit", 2, default)).Versions;
    }
}
