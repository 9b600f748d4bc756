using Trainyard.Domain.Alerts;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Traffic.Canaries;

public sealed class CanaryServiceTests : IDisposable
{
    private const string Body = """{"instance":{"size":1,"colour":"red"}}""";
    private static readonly ChangeNote Note = new("ada", "a better model");
    private static readonly TimeSpan StepTime = TimeSpan.FromMinutes(10);
    private readonly ServingWorld world = new();
    private readonly IdleOrchestrations engine = new();

    private CanaryService Canaries => On(world.Stores.Documents, world.Stores.Clock);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Canary_OfAVersionThatDoesAsWell_GoesStepByStepToAll()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        List<double> seen = [begun.Percent];
        while (!(await GetAsync()).IsOver)
        {
            await AskAsync(600);
            world.Stores.Clock.Advance(StepTime);
            await LookAsync(begun);
            seen.Add((await GetAsync()).Percent);
        }

        Canary over = await GetAsync();
        RegisteredModel head = await HeadAsync();
        Assert.Equal([1, 5, 10, 25, 50, 100], seen);
        Assert.Equal((CanaryState.Promoted, 2, false), (over.State, head.DeployedSequence, head.Traffic.IsSplit));
        Assert.Equal(["begin", "advance", "advance", "advance", "advance", "promote"], over.Decisions.Select(decision => decision.Action));
        Assert.All(over.Decisions.Skip(1), decision => Assert.True(decision.Evidence!.Calls >= 1 && decision.Evidence.ErrorIncrease == 0));
        Assert.Equal(7, head.DeploymentCount);
    }

    [Fact]
    public async Task Canary_WhoseVersionFailsEveryCall_IsRolledBackAndFewSawIt()
    {
        await WithVersionsAsync(ServingWorld.Regressor());
        Canary begun = await StartAsync(allowsOtherSchema: true);
        int failed = 0;
        for (int request = 0; request < 2_000; request++)
        {
            failed += await FailsAsync() ? 1 : 0;
            if (request % 100 == 99)
            {
                world.Stores.Clock.Advance(TimeSpan.FromMinutes(1));
                await LookAsync(begun);
            }
        }

        Canary over = await GetAsync();
        RegisteredModel head = await HeadAsync();
        Assert.InRange(failed, 1, 40);
        Assert.Equal((CanaryState.RolledBack, 1, false), (over.State, head.DeployedSequence, head.Traffic.IsSplit));
        CanaryDecision last = over.Decisions[^1];
        Assert.Equal(("roll_back", 1.0, CanaryDriver.Itself), (last.Action, last.Percent, last.By));
        Assert.Equal(last.Evidence!.Calls, last.Evidence.Failures);
        Assert.Contains("fails at least", last.Reason, StringComparison.Ordinal);
        IReadOnlyList<Alert> alerts = (await world.Alerts.ListAsync(TestStores.Tenant, PageRequest.Create(10, null), default)).Items;
        Assert.Single(alerts, alert => alert.Kind == AlertKind.CanaryRolledBack);
    }

    [Fact]
    public async Task Canary_WithTooFewCalls_WaitsForMore()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        world.Stores.Clock.Advance(StepTime * 3);
        await LookAsync(begun);
        double waiting = (await GetAsync()).Percent;
        await AskAsync(600);
        await LookAsync(begun);

        Assert.Equal((1, 5), (waiting, (await GetAsync()).Percent));
    }

    [Fact]
    public async Task Canary_Paused_StaysUntilItIsResumed()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        await AskAsync(600);
        await CommandAsync(CanaryCommand.Pause);
        world.Stores.Clock.Advance(StepTime);
        await LookAsync(begun);
        Canary paused = await GetAsync();

        Canary resumed = await CommandAsync(CanaryCommand.Resume);

        Assert.Equal((CanaryState.Paused, 1.0), (paused.State, paused.Percent));
        Assert.Equal((CanaryState.Running, 5.0), (resumed.State, resumed.Percent));
        Assert.Equal(["begin", "pause", "resume", "advance"], resumed.Decisions.Select(decision => decision.Action));
        Assert.Equal(("grace", "a look first"), (resumed.Decisions[1].By, resumed.Decisions[1].Reason));
        Assert.Equal(2, engine.Woken.Count);
    }

    [Theory]
    [InlineData(CanaryCommand.Promote, CanaryState.Promoted, 2)]
    [InlineData(CanaryCommand.Abort, CanaryState.Aborted, 1)]
    public async Task Canary_EndedByCommand_IsOverAtOnceAndTakesNoOther(CanaryCommand command, CanaryState state, int deployed)
    {
        await WithVersionsAsync();
        await StartAsync();

        Canary over = await CommandAsync(command);
        Problem problem = await TestStores.RefusedAsync(() => CommandAsync(CanaryCommand.Pause));

        RegisteredModel head = await HeadAsync();
        Assert.Equal((state, deployed, false), (over.State, head.DeployedSequence, head.Traffic.IsSplit));
        Assert.Equal((ProblemKind.Conflict, "canary_over"), (problem.Kind, problem.Code));
    }

    [Fact]
    public async Task Canary_WhoseTrafficSomebodyChanged_IsSupersededAndLeavesIt()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        await world.Traffic.RollbackAsync(TestStores.Tenant, "fruit", "back", Note, default);

        await LookAsync(begun);

        Assert.Equal((CanaryState.Superseded, 3), ((await GetAsync()).State, (await HeadAsync()).DeploymentCount));
    }

    [Fact]
    public async Task Start_WhileOneIsUnderWay_IsRefused()
    {
        await WithVersionsAsync();
        await StartAsync();

        Problem problem = await TestStores.RefusedAsync(() => StartAsync(operation: "other"));

        Assert.Equal((ProblemKind.Conflict, "canary_running"), (problem.Kind, problem.Code));
        Assert.Equal("canary-1", (await StartAsync()).Id);
    }

    [Fact]
    public async Task Start_OfWhatCannotBeOne_IsRefusedAndChangesNothing()
    {
        await WithVersionsAsync(ServingWorld.Regressor());

        Assert.Equal("canary_version_deployed", (await TestStores.RefusedAsync(() => StartAsync("v1"))).Code);
        Assert.Equal("deployment_schema_differs", (await TestStores.RefusedAsync(() => StartAsync())).Code);
        Assert.Equal("canary_steps_invalid", (await TestStores.RefusedAsync(() => StartAsync(request: new() { Steps = [5, 1, 100] }))).Code);
        Assert.Equal("canary_steps_invalid", (await TestStores.RefusedAsync(() => StartAsync(request: new() { Steps = [5, 10] }))).Code);
        Assert.Equal("traffic_percent_invalid", (await TestStores.RefusedAsync(() => StartAsync(request: new() { Steps = [-1, 100] }))).Code);
        Assert.Equal("canary_setting_out_of_range", (await TestStores.RefusedAsync(() => StartAsync(request: new() { StepTime = TimeSpan.Zero }))).Code);
        Assert.Equal("canary_setting_out_of_range", (await TestStores.RefusedAsync(() => StartAsync(request: new() { Limits = new(Alpha: double.NaN) }))).Code);
        Assert.Equal((1, false), ((await HeadAsync()).DeploymentCount, (await HeadAsync()).Traffic.IsSplit));

        // What was refused is no canary under way.
        Assert.Equal(CanaryState.Running, (await StartAsync(operation: "allowed", allowsOtherSchema: true)).State);
    }

    [Fact]
    public async Task Canary_WhileTheClockIsSetBack_WaitsNoLongerThanAStep()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        await AskAsync(600);
        ManualTimeProvider earlier = new(world.Stores.Clock.GetUtcNow() - TimeSpan.FromHours(5));
        await On(world.Stores.Documents, earlier).LookAsync(Key(begun), default);
        earlier.Advance(StepTime);

        await On(world.Stores.Documents, earlier).LookAsync(Key(begun), default);

        Canary advanced = await GetAsync();
        Assert.Equal(5, advanced.Percent);
        Assert.Equal(advanced.Decisions.OrderBy(decision => decision.At), advanced.Decisions);
    }

    [Fact]
    public async Task Canary_CrashedAtAnyWrite_IsTakenUpByTheSweepAndGoesOn()
    {
        for (int write = 1; write <= 40; write++)
        {
            foreach (FaultPoint point in Enum.GetValues<FaultPoint>())
            {
                if (!await CrashesAsync(write, point))
                {
                    Assert.True(write > 5, "A canary takes more writes than that.");
                    return;
                }
            }
        }

        Assert.Fail("The writes of a canary never came to an end.");
    }

    [Fact]
    public async Task Command_UponAStepThatIsDecidedAndNotMade_ComesAfterIt()
    {
        await WithVersionsAsync();
        Canary begun = await StartAsync();
        await AskAsync(600);
        world.Stores.Clock.Advance(StepTime);

        // The decision is written, the traffic is not changed any more.
        FaultyDocumentStore faulty = new(world.Stores.Documents, failingWrite: 2, FaultPoint.BeforeWrite, staysDown: true);
        await Assert.ThrowsAsync<InjectedFaultException>(() => On(faulty, world.Stores.Clock).LookAsync(Key(begun), default));
        Assert.NotNull((await GetAsync()).Intent);

        Canary over = await CommandAsync(CanaryCommand.Abort);

        Assert.Equal((CanaryState.Aborted, 1), (over.State, (await HeadAsync()).DeployedSequence));
        Assert.Equal(["begin", "advance", "abort"], over.Decisions.Select(decision => decision.Action));
    }

    // From the start to the second step, with one write that fails; then as a restarted host would go on.
    private static async Task<bool> CrashesAsync(int write, FaultPoint point)
    {
        using CanaryServiceTests test = new();
        await test.WithVersionsAsync();
        FaultyDocumentStore faulty = new(test.world.Stores.Documents, write, point, staysDown: true);
        CanaryService crashing = test.On(faulty, test.world.Stores.Clock);
        try
        {
            Canary begun = await test.StartAsync(crashing);
            await test.AskAsync(600);
            test.world.Stores.Clock.Advance(StepTime);
            await crashing.LookAsync(Key(begun), default);
        }
        catch (Exception crash) when (crash is InjectedFaultException or StorageUnavailableException)
        {
            // The process is gone with it.
        }

        if (!faulty.Struck)
        {
            return false;
        }

        await test.RecoverAsync();
        return true;
    }

    private async Task RecoverAsync()
    {
        await StartAsync();
        await Canaries.SweepAsync(engine, default);
        TrafficPlanKey key = Assert.Single(engine.Started.Distinct());
        await AskAsync(600);
        world.Stores.Clock.Advance(StepTime);
        await Canaries.LookAsync(key, default);
        Canary canary = await GetAsync();
        RegisteredModel head = await HeadAsync();
        Assert.Equal(CanaryState.Running, canary.State);
        Assert.True(canary.Step >= 1);
        Assert.Equal(canary.Step + 2, head.DeploymentCount);
        Assert.Equal(canary.Percent, head.Shares.First(share => share.Sequence == 2).Percent);
        Assert.Equal(canary.Step + 1, canary.Decisions.Count);
    }

    private static TrafficPlanKey Key(Canary canary) => new(TestStores.Tenant.Value, canary.ModelName, canary.Id);

    private CanaryService On(IDocumentStore documents, TimeProvider time)
    {
        DeploymentSignal heard = new();
        return new(
            documents,
            new ModelRegistry(documents, world.Stores.Ids, time, heard),
            documents == world.Stores.Documents ? world.TrafficAt(time) : new ModelTraffic(documents, world.Stores.Ids, time, heard),
            world.Book,
            new FeedbackService(documents, new ModelRegistry(documents, world.Stores.Ids, time, heard), time),
            world.Alerts,
            time);
    }

    private async Task WithVersionsAsync(Learning.Models.TabularModel? second = null)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.RegisterAsync(second ?? ServingWorld.Classifier(), "run-2");
    }

    private Task<Canary> StartAsync(string label = "v2", string operation = "canary-1", CanaryRequest? request = null, bool allowsOtherSchema = false) =>
        Canaries.StartAsync(TestStores.Tenant, "fruit", label, request ?? Standard(), allowsOtherSchema, operation, Note, engine, default);

    private Task<Canary> StartAsync(CanaryService canaries) =>
        canaries.StartAsync(TestStores.Tenant, "fruit", "v2", Standard(), allowsOtherSchema: false, "canary-1", Note, engine, default);

    private static CanaryRequest Standard() => new() { StepTime = StepTime, Limits = new CanaryLimits(MinCalls: 1) };

    private Task<CanaryLook> LookAsync(Canary canary) => Canaries.LookAsync(Key(canary), default);

    private Task<Canary> CommandAsync(CanaryCommand command) =>
        Canaries.CommandAsync(TestStores.Tenant, "fruit", command, new ChangeNote("grace", "a look first"), engine, default);

    private async Task<Canary> GetAsync() => (await Canaries.GetAsync(TestStores.Tenant, "fruit", default)).Canary;

    private async Task<RegisteredModel> HeadAsync() => (await world.Registry.GetAsync(TestStores.Tenant, "fruit", default)).Model;

    private async Task AskAsync(int requests)
    {
        for (int request = 0; request < requests; request++)
        {
            await world.PredictAsync(Body);
        }
    }

    private async Task<bool> FailsAsync()
    {
        try
        {
            await world.PredictAsync(Body);
            return false;
        }
        catch (ProblemException)
        {
            return true;
        }
    }
}
