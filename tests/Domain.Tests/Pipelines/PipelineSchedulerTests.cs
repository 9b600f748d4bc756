using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Tenancy;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Pipelines;

public class PipelineSchedulerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Tick_BeforeTheSlot_StartsNothing()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        world.Clock.Advance(Hour - TimeSpan.FromTicks(1));
        Assert.Empty((await world.TickAsync()).Recorded);
        Assert.Empty(world.Orchestrations.Started);
    }

    [Fact]
    public async Task Tick_AtTheSlot_StartsItsRunOnceAndMovesOn()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        world.Clock.Advance(Hour);
        SlotRun recorded = Assert.Single((await world.TickAsync()).Recorded);
        Assert.Empty((await world.TickAsync()).Recorded);

        PipelineRun run = Assert.Single(await world.RunsAsync());
        Assert.Equal((RunTrigger.Schedule, PipelineWorld.Start + Hour), (run.Trigger, run.Slot));
        Assert.Equal([run.Id], world.Orchestrations.Started);
        Assert.Null(recorded.MissedSince);
        Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        Assert.Equal((PipelineWorld.Start + (2 * Hour), 1, run.Id), (pipeline.NextRun, pipeline.TotalRuns, pipeline.ActiveRunId));
    }

    [Fact]
    public async Task Tick_AfterMissedSlots_RunsTheLatestOnceAndSaysSo()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        world.Clock.Advance((5 * Hour) + TimeSpan.FromMinutes(10));
        SlotRun recorded = Assert.Single((await world.TickAsync()).Recorded);
        Assert.Equal((PipelineWorld.Start + (5 * Hour), PipelineWorld.Start + Hour), (recorded.Slot, recorded.MissedSince));
        Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        Assert.Equal((PipelineWorld.Start + (6 * Hour), 1), (pipeline.NextRun, pipeline.TotalRuns));
    }

    [Fact]
    public async Task Tick_WhileARunIsUnderWay_WaitsForItsEnd()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        PipelineRun manual = await world.TriggerAsync();
        world.Clock.Advance(Hour);
        Assert.Empty((await world.TickAsync()).Recorded);

        await world.EndAsync(manual, PipelineWorld.Measured(0.9));
        SlotRun recorded = Assert.Single((await world.TickAsync()).Recorded);
        Assert.Equal(PipelineWorld.Start + Hour, recorded.Slot);
    }

    [Fact]
    public async Task Tick_OfAPausedPipeline_StartsNothingAndResumeDoesNotMakeUp()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        await world.Service().PauseAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        world.Clock.Advance(3.5 * Hour);
        Assert.Empty((await world.TickAsync()).Recorded);

        Pipeline resumed = await world.Service().ResumeAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        Assert.Equal(PipelineWorld.Start + (4 * Hour), resumed.NextRun);
        Assert.Empty((await world.TickAsync()).Recorded);
        world.Clock.Advance(0.5 * Hour);
        Assert.Single((await world.TickAsync()).Recorded);
    }

    [Fact]
    public async Task Tick_RunRecordedButNeverStarted_StartsIt()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        world.Orchestrations.FailNextStart = true;
        await Assert.ThrowsAsync<IOException>(() => world.TriggerAsync());
        Assert.Empty(world.Orchestrations.Started);

        await world.TickAsync();
        PipelineRun run = Assert.Single(await world.RunsAsync());
        Assert.Equal([run.Id], world.Orchestrations.Started);
    }

    [Fact]
    public async Task Tick_CancellationRecordedButNeverTold_TellsTheOrchestration()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun run = await world.TriggerAsync();
        await world.TickAsync();
        Assert.Empty(world.Orchestrations.Cancelled);
        world.Orchestrations.FailNextCancel = true;
        await Assert.ThrowsAsync<IOException>(() =>
            world.Service().CancelRunAsync(PipelineWorld.Tenant, run.PipelineId, run.Id, world.Orchestrations, CancellationToken.None));

        await world.TickAsync();
        Assert.Equal([run.Id], world.Orchestrations.Cancelled);
    }

    [Fact]
    public async Task Tick_OfAnotherTenant_StartsItsRunsAndTakesUpItsLostOnes()
    {
        await using PipelineWorld world = new();
        Assert.True(TenantId.TryParse("contoso", out TenantId? contoso));
        await world.Service().CreateAsync(contoso, "p1", PipelineWorld.Definition() with { Schedule = "hourly" }, CancellationToken.None);
        world.Clock.Advance(Hour);
        SlotRun recorded = Assert.Single((await world.TickAsync()).Recorded);
        Assert.Equal("contoso", recorded.Run.Tenant);
        Assert.Equal([recorded.Run.RunId], world.Orchestrations.Started);

        world.Orchestrations.End(recorded.Run);
        Assert.Equal([recorded.Run], (await world.TickAsync()).Lost);
        Assert.Equal("run_lost", (await world.Service().GetRunAsync(contoso, "p1", recorded.Run.RunId, CancellationToken.None)).Failure?.Code);
    }

    [Fact]
    public async Task Tick_OrchestrationEndedWithoutItsRun_FailsTheRunAndFreesThePipeline()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun run = await world.TriggerAsync();
        world.Orchestrations.End(PipelineWorld.Key(run));

        Assert.Single((await world.TickAsync()).Lost);
        PipelineRun failed = Assert.Single(await world.RunsAsync());
        Assert.Equal((RunStatus.Failed, "run_lost"), (failed.Status, failed.Failure?.Code));
        Assert.NotEqual(run.Id, (await AdvanceAndTriggerAsync(world)).Id);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Tick_CrashAtAnyWrite_RunsEachSlotExactlyOnce(FaultPoint point)
    {
        int writes = await Walk.CrashesAsync(point, async (world, dying) =>
        {
            await world.CreateAsync("hourly");
            world.Clock.Advance(Hour);
            await Walk.SurviveAsync(() => world.Scheduler(dying).TickAsync(world.Orchestrations, CancellationToken.None));

            await world.TickAsync();
            await AssertOneRunPerSlotAsync(world, slots: 1);
            await EndActiveAsync(world);
            world.Clock.Advance(Hour);
            await world.TickAsync();
            await AssertOneRunPerSlotAsync(world, slots: 2);
            await EndActiveAsync(world);
            await AssertIndicesCleanAsync(world);
        });

        Assert.True(writes > 2, "The tick was expected to write more than twice.");
    }

    [Fact]
    public async Task Tick_AnotherHostAtAnyCall_RunsEachSlotExactlyOnce()
    {
        int calls = await Walk.InterleavingsAsync(
            world => world.TickAsync(),
            async (world, store) =>
            {
                await world.CreateAsync("hourly");
                world.Clock.Advance(Hour);
                await world.Scheduler(store).TickAsync(world.Orchestrations, CancellationToken.None);
                await AssertOneRunPerSlotAsync(world, slots: 1);
            });

        Assert.True(calls > 4, "The tick was expected to call its store more often.");
    }

    [Fact]
    public async Task Tick_OfAHostWhoseClockIsAheadAtAnyCall_LosesNoSchedule()
    {
        int calls = await Walk.InterleavingsAsync(
            AheadAsync,
            async (world, store) =>
            {
                // Its first slot is long past by the other's clock.
                await world.Service(store).CreateAsync(PipelineWorld.Tenant, "p1", PipelineWorld.Definition() with { Schedule = "hourly" }, CancellationToken.None);

                Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
                world.Clock.AdvanceTo(pipeline.NextRun!.Value);
                if (pipeline.ActiveRunId is not null)
                {
                    await EndActiveAsync(world);
                }

                Assert.Equal(pipeline.NextRun, Assert.Single((await world.TickAsync()).Recorded).Slot);
            });

        Assert.True(calls > 2, "Creating was expected to call its store more often.");
    }

    [Fact]
    public async Task Tick_OfAHostWhoseClockIsAheadAtAnyCall_LosesNoRun()
    {
        int calls = await Walk.InterleavingsAsync(
            AheadAsync,
            async (world, store) =>
            {
                // Recorded, and its host died before it started it: from here on only the index leads to it.
                await world.CreateAsync();
                world.Orchestrations.FailNextStart = true;
                await Record.ExceptionAsync(() => world.Service(store).TriggerAsync(PipelineWorld.Tenant, "p1", "request", world.Orchestrations, CancellationToken.None));

                await world.TickAsync();
                Assert.Equal((await world.RunsAsync()).Select(run => run.Id), world.Orchestrations.Started);
                Assert.Single(world.Orchestrations.Started);
            });

        Assert.True(calls > 2, "Triggering was expected to call its store more often.");
    }

    [Fact]
    public async Task Tick_HostsWhoseClocksDiffer_RunEachSlotOnce()
    {
        const int Slots = 12;
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        TimeSpan step = TimeSpan.FromMinutes(7);
        ManualTimeProvider[] clocks = [world.Clock, new(PipelineWorld.Start + TimeSpan.FromMinutes(50)), new(PipelineWorld.Start - (2 * Hour))];
        PipelineScheduler[] hosts = [.. clocks.Select(world.SchedulerBy)];
        List<SlotRun> recorded = [];
        while (recorded.Count < Slots)
        {
            for (int host = 0; host < hosts.Length; host++)
            {
                clocks[host].Advance(step);
                recorded.AddRange((await hosts[host].TickAsync(world.Orchestrations, CancellationToken.None)).Recorded);
                if ((await world.RunsAsync()).Any(run => !run.Status.IsEnd()))
                {
                    await EndActiveAsync(world);
                }
            }
        }

        await AssertOneRunPerSlotAsync(world, Slots);
    }

    [Fact]
    public async Task Tick_EntryOfASlotThatIsWrittenAnew_IsLeftAlone()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        DueEntry entry = new(PipelineWorld.Tenant.Value, "p1", PipelineWorld.Start - Hour);
        PipelineScheduler scheduler = world.Scheduler();
        Task WriteAsync() => world.Documents.WriteAsync(
            PipelineKeys.Pipelines,
            PipelineKeys.DuePartition,
            JsonDocuments.Upsert(PipelineKeys.Due(entry), entry, PipelineJson.Default.DueEntry),
            CancellationToken.None);
        await WriteAsync();
        await scheduler.TickAsync(world.Orchestrations, CancellationToken.None);
        world.Clock.Advance(PipelineScheduler.StaleAfter);
        await WriteAsync();

        await scheduler.TickAsync(world.Orchestrations, CancellationToken.None);
        Assert.Equal(1, await world.CountAsync(PipelineKeys.Pipelines, PipelineKeys.DuePartition));
        world.Clock.Advance(PipelineScheduler.StaleAfter);
        await scheduler.TickAsync(world.Orchestrations, CancellationToken.None);
        Assert.Equal(0, await world.CountAsync(PipelineKeys.Pipelines, PipelineKeys.DuePartition));
    }

    [Fact]
    public async Task Tick_HundredPipelinesAndEightHosts_RunsEachOnce()
    {
        const int Pipelines = 100;
        await using PipelineWorld world = new();
        for (int index = 0; index < Pipelines; index++)
        {
            await world.Service().CreateAsync(PipelineWorld.Tenant, $"p{index}", PipelineWorld.Definition() with { Schedule = "hourly" }, CancellationToken.None);
        }

        world.Clock.Advance(Hour);
        TickReport[] reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.Scheduler().TickAsync(new FakeOrchestrations(), CancellationToken.None))));
        string[] recorded = [.. reports.SelectMany(report => report.Recorded).Select(run => run.Run.PipelineId)];
        Assert.Equal(Pipelines, recorded.Length);
        Assert.Equal(Pipelines, recorded.Distinct().Count());
    }

    private static async Task<PipelineRun> AdvanceAndTriggerAsync(PipelineWorld world)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        return await world.TriggerAsync();
    }

    private static async Task AssertOneRunPerSlotAsync(PipelineWorld world, int slots)
    {
        IReadOnlyList<PipelineRun> runs = await world.RunsAsync();
        Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, slots).Select(slot => (DateTimeOffset?)(PipelineWorld.Start + (slot * Hour))), runs.Select(run => run.Slot).Reverse());
        Assert.Equal((slots, PipelineWorld.Start + ((slots + 1) * Hour)), (pipeline.TotalRuns, pipeline.NextRun));
        Assert.Equal(runs.Select(run => run.Id).Order(), world.Orchestrations.Started.Order());
    }

    private static Task AheadAsync(PipelineWorld world) =>
        world.SchedulerBy(new ManualTimeProvider(world.Clock.GetUtcNow() + (3 * Hour))).TickAsync(world.Orchestrations, CancellationToken.None);

    private static async Task EndActiveAsync(PipelineWorld world)
    {
        PipelineRun active = (await world.RunsAsync()).Single(run => !run.Status.IsEnd());
        await world.EndAsync(active, PipelineWorld.Measured(0.9));
    }

    private static async Task AssertIndicesCleanAsync(PipelineWorld world)
    {
        PipelineScheduler scheduler = world.Scheduler();
        await scheduler.TickAsync(world.Orchestrations, CancellationToken.None);
        world.Clock.Advance(PipelineScheduler.StaleAfter);
        await scheduler.TickAsync(world.Orchestrations, CancellationToken.None);
        Assert.Equal(1, await world.CountAsync(PipelineKeys.Pipelines, PipelineKeys.DuePartition));
        Assert.Equal(0, await world.CountAsync(PipelineKeys.Runs, PipelineKeys.ActivePartition));
    }
}
