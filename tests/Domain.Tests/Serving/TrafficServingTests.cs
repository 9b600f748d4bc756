using System.Collections.Concurrent;
using System.Text.Json;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;

namespace Trainyard.Domain.Tests.Serving;

public sealed class TrafficServingTests
{
    private const string Body = """{"instance":{"size":1}}""";
    private static readonly ChangeNote Note = new("ada");

    [Fact]
    public async Task Predict_UnderASplit_KeepsEachKeyWithItsVersionWhileTheShareGrows()
    {
        using ServingWorld world = await WithVersionsAsync(2);
        Dictionary<string, string> assigned = [];
        foreach (double percent in new[] { 1, 5, 10, 25, 50, 100 })
        {
            await SplitAsync(world, 100 - percent, percent);
            int onNew = 0;
            for (int user = 0; user < 400; user++)
            {
                string version = await VersionAsync(world, key: $"user-{user}");
                Assert.False(assigned.GetValueOrDefault($"user-{user}") == "v2" && version == "v1");
                assigned[$"user-{user}"] = version;
                onNew += version == "v2" ? 1 : 0;
            }

            // Five standard deviations of a binomial share.
            double deviation = 5 * Math.Sqrt(400 * percent / 100 * (1 - (percent / 100)));
            Assert.InRange(onNew, (4 * percent) - deviation, (4 * percent) + deviation);
        }
    }

    [Fact]
    public async Task Predict_UnderASplitWithoutAKey_IsAnyVersionByItsShare()
    {
        using ServingWorld world = await WithVersionsAsync(2);
        await SplitAsync(world, 75, 25);
        int onNew = 0;
        for (int request = 0; request < 1000; request++)
        {
            onNew += await VersionAsync(world) == "v2" ? 1 : 0;
        }

        Assert.InRange(onNew, 180, 320);
    }

    [Fact]
    public async Task Predict_WithAForcedVersion_IsAnsweredByItDeployedOrNot()
    {
        using ServingWorld world = await WithVersionsAsync(3);
        await SplitAsync(world, 50, 50);

        Assert.Equal(["v1", "v2", "v3", "v3"], await Task.WhenAll(new[] { "v1", "2", "v3", "latest" }.Select(label => VersionAsync(world, version: label))));
        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync(Body, version: "v9"));
        Assert.Equal("model_version_not_found", problem.Code);
    }

    [Fact]
    public async Task Predict_WhileSharesChange_NeverFailsAndNeverMixes()
    {
        using ServingWorld world = await WithVersionsAsync(3);
        using CancellationTokenSource over = new();
        ConcurrentBag<string> answered = [];
        Task[] callers =
        [
            .. Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    answered.Add(await VersionAsync(world, key: $"caller-{caller}"));
                }
            })),
        ];
        for (int change = 0; change < 30; change++)
        {
            await world.Traffic.SetAsync(
                TestStores.Tenant,
                "fruit",
                new TrafficChange { Shares = change % 3 == 0 ? [new("v1", 100)] : [new("v1", 20), new("v2", 30), new("v3", 50)] },
                $"change-{change}",
                Note,
                default);
        }

        await over.CancelAsync();
        await Task.WhenAll(callers);
        Assert.All(answered, version => Assert.Contains(version, (string[])["v1", "v2", "v3"]));
    }

    [Fact]
    public async Task Predict_WhoseVersionIsDamaged_IsAnsweredByTheOneBeforeWithAnAlert()
    {
        using ServingWorld world = await WithVersionsAsync(2);
        await world.Registry.DeployAsync(TestStores.Tenant, "fruit", 2, "second", default);
        await DamageAsync(world, 2);

        Assert.Equal(["v1", "v1"], [await VersionAsync(world), await VersionAsync(world)]);

        IReadOnlyList<Alert> alerts = (await world.Alerts.ListAsync(TestStores.Tenant, PageRequest.Create(10, null), default)).Items;
        Assert.Single(alerts, alert => alert.Kind == AlertKind.ArtifactDamaged);
        Assert.Equal((1, 2), (Assert.Single(alerts, alert => alert.Kind == AlertKind.FallbackServed).Value, alerts.First(alert => alert.Kind == AlertKind.FallbackServed).Expected));
        Assert.Contains("ml_model_fallbacks_total{model=\"fruit\"} 2\n", MetricsOf(world), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_WhoseVersionIsDamaged_IsAnsweredByTheFallbackThatWasChosen()
    {
        using ServingWorld world = await WithVersionsAsync(3);
        await world.Registry.DeployAsync(TestStores.Tenant, "fruit", 2, "second", default);
        await world.Traffic.SetAsync(TestStores.Tenant, "fruit", new TrafficChange { Fallback = "v3" }, "fallback", Note, default);
        await DamageAsync(world, 2);

        Assert.Equal("v3", await VersionAsync(world));
        await DamageAsync(world, 3);
        Assert.Equal("v3", await VersionAsync(world));
    }

    [Fact]
    public async Task Predict_UnderASplitToADamagedVersion_IsAnsweredByTheDeployedOne()
    {
        using ServingWorld world = await WithVersionsAsync(2);
        await DamageAsync(world, 2);
        await SplitAsync(world, 50, 50);

        Assert.Equal(Enumerable.Repeat("v1", 20), await Task.WhenAll(Enumerable.Range(0, 20).Select(user => VersionAsync(world, key: $"user-{user}"))));
    }

    [Fact]
    public async Task Predict_WithNothingToStandIn_IsRefusedAsDamaged()
    {
        using ServingWorld world = await WithVersionsAsync(1);
        await DamageAsync(world, 1);

        Assert.Equal("model_corrupt", (await TestStores.RefusedAsync(() => world.PredictAsync(Body))).Code);
    }

    [Fact]
    public async Task Routes_OfAModelThatLeftMemory_LeaveWithIt()
    {
        using ServingWorld world = new(new ServingOptions { MaxModels = 2 });
        foreach (string name in new[] { "one", "two", "three" })
        {
            ModelVersion version = await world.DeployAsync(ServingWorld.Classifier(), "run-1", name);
            await world.PredictAsync(Body, name);
            await world.PredictAsync(Body, version.ModelId);
            await world.PredictAsync(Body, name, version: "v1");
            world.Stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal((2, 6), (world.Cache.Count, world.Cache.RouteCount));
    }

    [Fact]
    public async Task LookUp_OfWhatIsLoaded_ReadsTheHeadAlone()
    {
        using ServingWorld world = await WithVersionsAsync(2);
        await SplitAsync(world, 50, 50);
        await VersionAsync(world);
        int before = world.Documents.Reads;
        world.Stores.Clock.Advance(ServingOptions.DefaultFreshness);

        await VersionAsync(world);

        Assert.Equal(1, world.Documents.Reads - before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LookUpAndChoice_OfWhatIsFresh_AllocateNothing(bool isSplit)
    {
        using ServingWorld world = await WithVersionsAsync(2);
        if (isSplit)
        {
            await SplitAsync(world, 50, 50);
        }

        ServingPlan plan = await world.Cache.GetAsync(TestStores.Tenant, "fruit", version: null, default);
        Assert.Equal(isSplit, plan.IsSplit);
        LookUp(world, 1_000);

        Assert.Equal(0, LookUp(world, 1_000));
    }

    private static long LookUp(ServingWorld world, int times)
    {
        // After a collection the thread owns no block whose rest another test's collection would count as allocated.
        GC.Collect(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < times; time++)
        {
            ValueTask<ServingPlan> found = world.Cache.GetAsync(TestStores.Tenant, "fruit", version: null, default);
            found.Result.Choose(found.Result.UnitOf("user-1", (ulong)time));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task<ServingWorld> WithVersionsAsync(int count)
    {
        ServingWorld world = new();
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        for (int version = 2; version <= count; version++)
        {
            await world.RegisterAsync(ServingWorld.Classifier(), $"run-{version}");
        }

        return world;
    }

    private static Task<Deployment> SplitAsync(ServingWorld world, double first, double second) => world.Traffic.SetAsync(
        TestStores.Tenant, "fruit", new TrafficChange { Shares = [new("v1", first), new("v2", second)] }, $"split-{second}", Note, default);

    private static async Task DamageAsync(ServingWorld world, int sequence) =>
        await world.Stores.Blobs.WriteAsync("artifacts", $"default/fruit/run-{sequence}/model.tym", new MemoryStream([1, 2, 3]), overwrite: true, default);

    private static async Task<string> VersionAsync(ServingWorld world, string? key = null, string? version = null)
    {
        JsonElement answer = await world.PredictAsync(Body, key: key, version: version);
        return answer.GetProperty("version").GetString()!;
    }

    private static string MetricsOf(ServingWorld world)
    {
        PrometheusText text = new();
        world.Metrics.Write(text);
        return text.ToString();
    }
}
