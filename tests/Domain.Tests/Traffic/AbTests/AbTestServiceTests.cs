using Trainyard.Domain.Alerts;
using Trainyard.Domain.Evidence;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.AbTests;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Traffic.AbTests;

public sealed class AbTestServiceTests : IDisposable
{
    private readonly AbTestWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Start_DividesTrafficAndCountsEachUnitOnceWithItsVariant()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        List<(string Id, int Sequence)> first = await world.ExposeAsync(200);
        await world.ExposeAsync(200);

        AbTest looked = await world.LookAsync(test);

        Assert.Equal((AbTestState.Running, 2), (looked.State, looked.Deployment));
        Assert.Equal([first.Count(each => each.Sequence == 1), first.Count(each => each.Sequence == 2)], looked.Result!.Groups.Select(group => (int)group.Units));
        Assert.Equal(["control", "challenger"], looked.Result.Groups.Select(group => group.Name));
        Assert.Equal(Recommendation.Continue, looked.Result.Recommendation);
        (RegisteredModel model, Deployment deployment) = await world.Serving.Traffic.GetAsync(TestStores.Tenant, "fruit", null, default);
        Assert.Equal((DeploymentStrategy.AbTest, test.Id, 1), (deployment.Strategy, model.Traffic.Test, model.DeployedSequence));
    }

    [Fact]
    public async Task Look_WhenAVariantIsRightMoreOften_RecommendsItAndConcludingPromotesIt()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct) with { MinSample = 50 });
        await TellRightAsync(await world.ExposeAsync(300), sequence => sequence == 2);

        AbTest looked = await world.LookAsync(test);
        AbTest concluded = await world.Tests.ConcludeAsync(TestStores.Tenant, "fruit", test.Id, null, new ChangeNote("boss", "it is better"), default);

        Assert.Equal((Recommendation.Promote, "challenger"), (looked.Result!.Recommendation, looked.Result.Group));
        Assert.Equal((AbTestState.Promoted, "promote", "boss", "it is better"), (concluded.State, concluded.Decisions[^1].Action, concluded.Decisions[^1].By, concluded.Decisions[^1].Reason));
        Assert.Equal(Recommendation.Promote, concluded.Decisions[^1].Result!.Recommendation);
        RegisteredModel model = await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default);
        Assert.Equal((2, false, null), (model.DeployedSequence, model.Traffic.IsSplit, model.Traffic.Test));
        Assert.Equal("ab_test_over", (await TestStores.RefusedAsync(() => world.Tests.StopAsync(TestStores.Tenant, "fruit", test.Id, new ChangeNote("boss"), default))).Code);
    }

    [Fact]
    public async Task Look_OfUnitsWithSeveralOutcomes_CountsTheFirst()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        List<(string Id, int Sequence)> once = await world.ExposeAsync(20);
        List<(string Id, int Sequence)> again = await world.ExposeAsync(20);
        await TellRightAsync(once, _ => true);
        await TellRightAsync(again, _ => false);
        await TellRightAsync(once, _ => false);

        AbTest looked = await world.LookAsync(test);

        Assert.Equal(20, looked.Result!.Groups.Sum(group => group.Metric.Sample));
        Assert.All(looked.Result.Groups, group => Assert.Equal(1.0, group.Metric.Mean));
    }

    [Fact]
    public async Task Look_OfAnOutcomeWhoseExposureIsNotRecorded_CountsNone()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        (string id, _) = Assert.Single(await world.ExposeAsync(1));
        Assert.True(Trainyard.Domain.Serving.Ids.PredictionId.TryParse(id, out Trainyard.Domain.Serving.Ids.PredictionId known));

        await world.TellAsync([new FeedbackItem((known with { Unit = known.Unit ^ 1 }).ToString(), Correct: true)]);

        AbTest looked = await world.LookAsync(test);
        Assert.Equal((1, 0), (looked.Result!.Groups.Sum(group => group.Units), looked.Result.Groups.Sum(group => group.Metric.Sample)));
    }

    [Fact]
    public async Task Look_OfConversions_CountsAUnitWhenItsWindowIsOverAndWhatCameInIt()
    {
        await world.VersionsAsync();
        AbMetric conversion = new() { Kind = AbMetricKind.Conversion, Window = TimeSpan.FromMinutes(10) };
        AbTest test = await world.StartAsync(AbTestWorld.Request(conversion));
        List<(string Id, int Sequence)> ids = await world.ExposeAsync(30);
        await world.TellAsync(ids.Take(10).Select(each => new FeedbackItem(each.Id, Value: 1)));
        await world.TellAsync(ids.Skip(10).Take(5).Select(each => new FeedbackItem(each.Id, Value: 0)));
        AbTest early = await world.LookAsync(test);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromMinutes(11));
        await world.TellAsync(ids.Skip(20).Take(5).Select(each => new FeedbackItem(each.Id, Value: 1)));
        await world.ExposeAsync(10, from: 100);

        AbTest looked = await world.LookAsync(test);

        Assert.Equal((30, 0), (early.Result!.Groups.Sum(group => group.Units), early.Result.Groups.Sum(group => group.Metric.Sample)));
        Assert.Equal((40, 30), (looked.Result!.Groups.Sum(group => group.Units), looked.Result.Groups.Sum(group => group.Metric.Sample)));
        Assert.Equal(10, looked.Result.Groups.Sum(group => group.Metric.Mean!.Value * group.Metric.Sample), 1e-9);
    }

    [Fact]
    public async Task Look_WhileTimeGoesOn_CountsNoConversionOfAUnitThatItDoesNotCount()
    {
        await world.VersionsAsync();
        AbMetric conversion = new() { Kind = AbMetricKind.Conversion, Window = TimeSpan.FromMinutes(10) };
        AbTest test = await world.StartAsync(AbTestWorld.Request(conversion));
        List<(string Id, int Sequence)> ids = await world.ExposeAsync(30);
        await world.TellAsync(ids.Select(each => new FeedbackItem(each.Id, Value: 1)));

        // Their time is over after the units were read, and before their outcomes are.
        SteppingClock clock = new(world.Serving.Stores.Clock.GetUtcNow() + conversion.Window);
        IReadOnlyList<GroupCounts> counts = await world.ReaderBy(clock).ReadAsync(TestStores.Tenant, test, default);

        Assert.Equal(30, counts.Sum(group => group.Units));
        Assert.All(counts, group => Assert.Equal(new BoundedSum(0, 0), group.Metric));
    }

    [Fact]
    public async Task Look_OfValuesAndRatings_IsInTheirOwnUnit()
    {
        await world.VersionsAsync();
        AbMetric value = new() { Kind = AbMetricKind.Value, Least = 0, Greatest = 100, HigherIsBetter = true };
        AbMetric rating = new() { Kind = AbMetricKind.Rating, AllowedHarm = 0.5 };
        AbTest test = await world.StartAsync(AbTestWorld.Request(value) with { Guardrails = [rating] });
        await world.TellAsync((await world.ExposeAsync(60)).Select(each => new FeedbackItem(each.Id, Value: each.Sequence == 1 ? 40 : 250, Rating: each.Sequence == 1 ? 5 : 1)));

        AbTest looked = await world.LookAsync(test);

        Assert.Equal([40.0, 100.0], looked.Result!.Groups.Select(group => Math.Round(group.Metric.Mean!.Value, 9)));
        Assert.Equal([5.0, 1.0], looked.Result.Groups.Select(group => group.Guardrails[0].Mean!.Value));
        Assert.Equal((Recommendation.Keep, "worse"), (looked.Result.Recommendation, looked.Result.Groups[1].Guardrails[0].State));
    }

    [Fact]
    public async Task Sweep_WhenEveryVariantHarmsAGuardrail_StopsItAndTells()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct) with { Guardrails = [new AbMetric { Kind = AbMetricKind.Rating, AllowedHarm = 0.5 }], StopsOnHarm = true });
        await world.TellAsync((await world.ExposeAsync(80)).Select(each => new FeedbackItem(each.Id, Rating: each.Sequence == 1 ? 5 : 1)));
        world.Serving.Stores.Clock.Advance(TimeSpan.FromMinutes(1));

        await world.Tests.SweepAsync(default);

        AbTest stopped = await world.Tests.GetAsync(TestStores.Tenant, "fruit", test.Id, default);
        Assert.Equal((AbTestState.Stopped, "stop", AbTestDriver.Itself), (stopped.State, stopped.Decisions[^1].Action, stopped.Decisions[^1].By));
        Assert.Equal((1, false), await ProductionAsync());
        Alert alert = Assert.Single((await world.Serving.Alerts.ListAsync(TestStores.Tenant, PageRequest.First, default)).Items);
        Assert.Equal((AlertKind.AbTestStopped, "fruit"), (alert.Kind, alert.ModelName));
    }

    [Fact]
    public async Task Sweep_WhenAWinnerIsToBePromoted_PromotesIt()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct) with { MinSample = 20, PromotesWinner = true });
        await TellRightAsync(await world.ExposeAsync(200), sequence => sequence == 2);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromMinutes(1));

        await world.Tests.SweepAsync(default);

        Assert.Equal(AbTestState.Promoted, (await world.Tests.GetAsync(TestStores.Tenant, "fruit", test.Id, default)).State);
        Assert.Equal((2, false), await ProductionAsync());
    }

    [Fact]
    public async Task Sweep_WhenItsTimeIsOver_ReturnsToTheControl()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct) with { MaxDuration = TimeSpan.FromHours(2) });
        await world.ExposeAsync(10);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromHours(2));

        await world.Tests.SweepAsync(default);

        AbTest over = await world.Tests.GetAsync(TestStores.Tenant, "fruit", test.Id, default);
        Assert.Equal((AbTestState.Expired, "expire", Recommendation.Keep), (over.State, over.Decisions[^1].Action, over.Result!.Recommendation));
        Assert.Equal((1, false), await ProductionAsync());
        await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        Assert.Equal(2, (await world.Tests.ListAsync(TestStores.Tenant, "fruit", PageRequest.First, default)).Items.Count);
    }

    [Fact]
    public async Task Look_AfterTheDeploymentWasChanged_IsSuperseded()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        await world.Serving.Traffic.SetAsync(TestStores.Tenant, "fruit", new TrafficChange { LogRate = 0.5 }, "other", new ChangeNote("tester"), default);

        AbTest looked = await world.LookAsync(test);

        Assert.Equal((AbTestState.Superseded, "supersede"), (looked.State, looked.Decisions[^1].Action));
        RegisteredModel model = await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default);
        Assert.Equal((true, null), (model.Traffic.IsSplit, model.Traffic.Test));
    }

    [Fact]
    public async Task Start_WhatMakesNoTest_IsRefusedByNameAndChangesNothing()
    {
        await world.VersionsAsync();
        AbTestRequest good = AbTestWorld.Request(AbTestWorld.Correct);
        (AbTestRequest Request, string Code)[] cases =
        [
            (good with { Name = "" }, "name_invalid"),
            (good with { Variants = [new("a", "v1", 100)] }, "ab_test_variants_invalid"),
            (good with { Variants = [new("a", "v1", 50), new("a", "v2", 50)] }, "ab_test_variants_invalid"),
            (good with { Variants = [new("a", "v1", 50), new("b", "v1", 50)] }, "ab_test_variants_invalid"),
            (good with { Variants = [new("a", "v1", 100), new("b", "v2", 0)] }, "ab_test_variants_invalid"),
            (good with { Variants = [new("a", "v1", 50), new("b", "v2", 40)] }, "traffic_sum_invalid"),
            (good with { Variants = [new("a", "v1", 50), new("b", "v9", 50)] }, "model_version_not_found"),
            (good with { Alpha = 0 }, "ab_test_setting_invalid"),
            (good with { MinSample = 0 }, "ab_test_setting_invalid"),
            (good with { MaxDuration = TimeSpan.Zero }, "ab_test_setting_invalid"),
            (good with { Metric = new AbMetric { Kind = AbMetricKind.Value, Least = 1, Greatest = 1 } }, "ab_test_setting_invalid"),
            (good with { Metric = new AbMetric { Kind = AbMetricKind.SlowShare, SlowSeconds = 0.123 } }, "ab_test_setting_invalid"),
            (good with { Metric = new AbMetric { Kind = AbMetricKind.Conversion, Window = TimeSpan.FromDays(31) } }, "ab_test_setting_invalid"),
            (good with { Guardrails = [new AbMetric { Kind = AbMetricKind.ErrorShare, AllowedHarm = 2 }] }, "ab_test_setting_invalid"),
            (good with { Guardrails = [.. Enumerable.Repeat(AbTestWorld.Correct, 11)] }, "ab_test_setting_invalid"),
        ];
        foreach ((AbTestRequest request, string code) in cases)
        {
            Assert.Equal(code, (await TestStores.RefusedAsync(() => world.StartAsync(request))).Code);
        }

        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-3");
        Assert.Equal("ab_test_control_missing", (await TestStores.RefusedAsync(() => world.StartAsync(good with { Variants = [new("a", "v2", 50), new("b", "v3", 50)] }))).Code);
        Assert.Empty((await world.Tests.ListAsync(TestStores.Tenant, "fruit", PageRequest.First, default)).Items);
        Assert.Equal((1, false), await ProductionAsync());
    }

    [Fact]
    public async Task Start_WhileAnotherRunsOrTrafficIsSplit_IsRefused()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));
        Assert.Equal("ab_test_running", (await TestStores.RefusedAsync(() => world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct)))).Code);
        AbTest stopped = await world.Tests.StopAsync(TestStores.Tenant, "fruit", test.Id, new ChangeNote("tester"), default);
        Assert.Equal(AbTestState.Stopped, stopped.State);
        await world.Feedback.SplitAsync(("v1", 90), ("v2", 10));
        Assert.Equal("ab_test_traffic_split", (await TestStores.RefusedAsync(() => world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct)))).Code);
    }

    [Fact]
    public async Task Start_OfAVersionThatReadsOtherColumns_IsRefusedAndTheNextMayBegin()
    {
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.Serving.RegisterAsync(ServingWorld.Regressor(), "run-2");

        Assert.Equal("deployment_schema_differs", (await TestStores.RefusedAsync(() => world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct)))).Code);

        Assert.Equal((1, false), await ProductionAsync());
        Assert.Equal(AbTestState.Running, (await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct) with { AllowsOtherSchema = true })).State);
    }

    [Fact]
    public async Task Conclude_WhatIsNotDecided_NeedsAName()
    {
        await world.VersionsAsync();
        AbTest test = await world.StartAsync(AbTestWorld.Request(AbTestWorld.Correct));

        Assert.Equal("ab_test_undecided", (await TestStores.RefusedAsync(() => ConcludeAsync(test, null))).Code);
        Assert.Equal("ab_test_variant_unknown", (await TestStores.RefusedAsync(() => ConcludeAsync(test, "nobody"))).Code);
        Assert.Equal("ab_test_not_found", (await TestStores.RefusedAsync(() => ConcludeAsync(test with { Id = "other" }, null))).Code);
        Assert.Equal(AbTestState.Kept, (await ConcludeAsync(test, "control")).State);
        Assert.Equal((1, false), await ProductionAsync());
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task StartAndConclude_CrashingAtAnyWrite_IsDoneOnceByWhoeverComesNext(FaultPoint point)
    {
        int crashes = 0;
        for (int write = 1; ; write++)
        {
            using AbTestWorld own = new();
            await own.VersionsAsync();
            FaultyDocumentStore faulty = new(own.Serving.Documents, write, point, staysDown: true);
            bool isCrashed = await CrashesAsync(own.Over(faulty));
            crashes += isCrashed ? 1 : 0;

            AbTest begun = await own.Tests.StartAsync(TestStores.Tenant, "fruit", AbTestWorld.Request(AbTestWorld.Correct), "test-1", new ChangeNote("tester"), default);
            await own.Tests.SweepAsync(default);
            AbTest over = begun.IsOver ? begun : await own.Tests.ConcludeAsync(TestStores.Tenant, "fruit", "test-1", "challenger", new ChangeNote("tester"), default);

            Assert.Equal(["begin", "promote"], over.Decisions.Select(decision => decision.Action));
            RegisteredModel model = await own.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default);
            Assert.Equal((2, false, 3), (model.DeployedSequence, model.Traffic.IsSplit, model.DeploymentCount));
            if (!isCrashed)
            {
                break;
            }
        }

        Assert.InRange(crashes, 6, 30);
    }

    [Fact]
    public async Task Exposures_OfSeveralHosts_AreEachUnitOnceByTheFirstTime()
    {
        await world.VersionsAsync();
        ExposureKey key = new(TestStores.Tenant, "fruit", 2);
        ExposureBook other = new(world.Serving.Documents, world.Serving.Stores.Ids, world.Serving.Stores.Clock, new());
        uint start = (uint)world.Serving.Stores.Clock.GetUtcNow().ToUnixTimeSeconds();
        for (ulong unit = 0; unit < 10_000; unit++)
        {
            world.Serving.Exposures.Add(key, unit * 7919);
        }

        await world.Serving.Exposures.FlushAsync(default);
        world.Serving.Stores.Clock.Advance(TimeSpan.FromSeconds(30));
        other.Add(key, 7919);
        other.Add(key, 1);
        world.Serving.Exposures.Add(key, 2);
        await other.FlushAsync(default);
        await world.Serving.Exposures.FlushAsync(default);
        await world.Serving.Exposures.FlushAsync(default);

        Dictionary<ulong, uint> read = await other.ReadAsync(key, default);

        Assert.Equal((10_002, start, start + 30), (read.Count, read[7919], read[1]));
    }

    [Fact]
    public async Task Exposures_WhileStorageFails_AreKeptForTheNextTime()
    {
        ExposureKey key = new(TestStores.Tenant, "fruit", 2);
        FaultyDocumentStore faulty = new(world.Serving.Stores.Documents, 1, FaultPoint.BeforeWrite);
        ExposureBook book = new(faulty, world.Serving.Stores.Ids, world.Serving.Stores.Clock, new());
        book.Add(key, 5);

        await Assert.ThrowsAsync<InjectedFaultException>(() => book.FlushAsync(default));
        await book.FlushAsync(default);

        Assert.Equal([5UL], (await book.ReadAsync(key, default)).Keys);
    }

    private static async Task<bool> CrashesAsync(AbTestService crashing)
    {
        try
        {
            await crashing.StartAsync(TestStores.Tenant, "fruit", AbTestWorld.Request(AbTestWorld.Correct), "test-1", new ChangeNote("tester"), default);
            await crashing.ConcludeAsync(TestStores.Tenant, "fruit", "test-1", "challenger", new ChangeNote("tester"), default);
            return false;
        }
        catch (InjectedFaultException)
        {
            return true;
        }
    }

    private Task<AbTest> ConcludeAsync(AbTest test, string? variant) =>
        world.Tests.ConcludeAsync(TestStores.Tenant, "fruit", test.Id, variant, new ChangeNote("tester"), default);

    private Task TellRightAsync(List<(string Id, int Sequence)> ids, Func<int, bool> isRight) =>
        world.TellAsync(ids.Select(each => new FeedbackItem(each.Id, Correct: isRight(each.Sequence))));

    private async Task<(int? Sequence, bool IsSplit)> ProductionAsync()
    {
        RegisteredModel model = await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default);
        return (model.DeployedSequence, model.Traffic.IsSplit);
    }

    /// <summary>A clock by which a second passes between two looks at it.</summary>
    private sealed class SteppingClock(DateTimeOffset start) : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromSeconds(Interlocked.Increment(ref looks));
    }
}
