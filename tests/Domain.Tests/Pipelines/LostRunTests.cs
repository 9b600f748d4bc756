using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Runs whose orchestration is gone: what they had done is undone, whatever else happens at the same time.</summary>
public class LostRunTests
{
    [Fact]
    public async Task Tick_OfALostRunThatDeployed_DeploysWhatWasThereBefore()
    {
        await using PipelineWorld world = new();
        ReleasedRun lost = await DeployedAndLostAsync(world);

        TickReport report = await world.TickAsync();

        Assert.Equal([lost.Key], report.Lost);
        PipelineRun run = await lost.ReadAsync();
        Assert.Equal((RunStatus.Failed, "run_lost", "v2"), (run.Status, run.Failure?.Code, run.Artifacts?.Version));
        await AssertUndoneAsync(world, lost);
    }

    [Theory]
    [InlineData(StepName.RefitBest)]
    [InlineData(StepName.EvaluateModel)]
    [InlineData(StepName.RegisterVersion)]
    [InlineData(StepName.DeployVersion)]
    [InlineData(StepName.RecordResult)]
    public async Task Tick_OfARunLostBeforeAnyStep_LeavesNothingOfIt(string step)
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        ReleasedRun lost = await ReleasedRun.BeginAsync(world);
        await lost.TakeUntilAsync(step);
        lost.Lose();

        await world.TickAsync();

        await lost.AssertTidyAsync();
        Assert.Equal("run_lost", (await lost.ReadAsync()).Failure?.Code);
        Assert.Empty((await world.TickAsync()).Lost);
    }

    [Fact]
    public async Task Tick_OfALostRunThatShallBeCancelled_CancelsIt()
    {
        await using PipelineWorld world = new();
        ReleasedRun lost = await DeployedAndLostAsync(world);
        await world.Service().CancelRunAsync(PipelineWorld.Tenant, lost.Key.PipelineId, lost.Key.RunId, world.Orchestrations, CancellationToken.None);

        await world.TickAsync();

        PipelineRun run = await lost.ReadAsync();
        Assert.Equal((RunStatus.Cancelled, null), (run.Status, run.Failure));
        await AssertUndoneAsync(world, lost);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Tick_CrashAtAnyWrite_IsMadeGoodByTheNext(FaultPoint point)
    {
        int writes = await Walk.CrashesAsync(point, async (world, dying) =>
        {
            ReleasedRun lost = await DeployedAndLostAsync(world);
            await Walk.SurviveAsync(() => world.Scheduler(dying).TickAsync(world.Orchestrations, CancellationToken.None));

            await world.TickAsync();

            Assert.Equal((RunStatus.Failed, "run_lost"), ((await lost.ReadAsync()).Status, (await lost.ReadAsync()).Failure?.Code));
            await AssertUndoneAsync(world, lost);
            await world.TickAsync();
            Assert.Equal(0, await world.CountAsync(PipelineKeys.Runs, PipelineKeys.ActivePartition));
        });

        Assert.True(writes > 5, $"Only {writes} writes were walked.");
    }

    [Fact]
    public async Task Tick_AnotherHostAtAnyCall_UndoesItOnce()
    {
        List<RunKey> reported = [];
        int calls = await Walk.InterleavingsAsync(
            async world => reported.AddRange((await world.TickAsync()).Lost),
            async (world, store) =>
            {
                reported.Clear();
                ReleasedRun lost = await DeployedAndLostAsync(world);
                TickReport report = await world.Scheduler(store).TickAsync(world.Orchestrations, CancellationToken.None);

                Assert.Empty(report.Left);
                Assert.Equal([lost.Key], [.. reported, .. report.Lost]);
                await AssertUndoneAsync(world, lost);
            });

        Assert.True(calls > 20, $"Only {calls} calls were walked.");
    }

    [Fact]
    public async Task Tick_RunThatFinishesAtAnyCall_IsEitherFinishedOrUndone()
    {
        ReleasedRun? lost = null;
        HashSet<RunStatus> ends = [];
        await Walk.InterleavingsAsync(
            world => FinishAsync(world, lost!, StepName.RecordResult),
            async (world, store) =>
            {
                lost = await DeployedAndLostAsync(world);
                await world.Scheduler(store).TickAsync(world.Orchestrations, CancellationToken.None);
                ends.Add((await lost.ReadAsync()).Status);
                await AssertConsistentAsync(world, lost);
            });

        Assert.Equal([RunStatus.Deployed, RunStatus.Failed], ends.Order());
    }

    [Theory]
    [InlineData(StepName.RefitBest, false)]
    [InlineData(StepName.EvaluateModel, false)]
    [InlineData(StepName.RegisterVersion, false)]
    [InlineData(StepName.DeployVersion, false)]
    [InlineData(StepName.RecordResult, false)]
    [InlineData(StepName.RefitBest, true)]
    [InlineData(StepName.EvaluateModel, true)]
    [InlineData(StepName.RegisterVersion, true)]
    [InlineData(StepName.DeployVersion, true)]
    [InlineData(StepName.RecordResult, true)]
    public async Task Step_OfALostRunThatIsSweptAtAnyCall_LeavesNothing(string step, bool sweepIsInterrupted)
    {
        int calls = await Walk.InterleavingsAsync(
            world => sweepIsInterrupted
                ? world.Scheduler(world.Documents, new FailingBlobStore(world.Blobs, _ => true)).TickAsync(world.Orchestrations, CancellationToken.None)
                : world.TickAsync(),
            async (world, store) =>
            {
                ReleasedRun lost = await LostBeforeAsync(world, step);
                await FinishAsync(world, lost, step, store);
                await world.TickAsync();
                await AssertConsistentAsync(world, lost);
            });

        Assert.True(calls > 5, $"Only {calls} calls were walked.");
    }

    [Theory]
    [InlineData(StepName.RefitBest)]
    [InlineData(StepName.EvaluateModel)]
    [InlineData(StepName.RegisterVersion)]
    [InlineData(StepName.DeployVersion)]
    [InlineData(StepName.RecordResult)]
    public async Task Tick_StepOfTheLostRunAtAnyCall_LeavesNothing(string step)
    {
        ReleasedRun? lost = null;
        await Walk.InterleavingsAsync(
            world => FinishAsync(world, lost!, step),
            async (world, store) =>
            {
                lost = await LostBeforeAsync(world, step);
                await world.Scheduler(store).TickAsync(world.Orchestrations, CancellationToken.None);
                await AssertConsistentAsync(world, lost);
            });
    }

    [Fact]
    public async Task Step_OfARunThatIsOver_IsNotTakenAndItsRecordsStay()
    {
        await using PipelineWorld world = new();
        ReleasedRun lost = await DeployedAndLostAsync(world);
        await world.TickAsync();
        IReadOnlyList<RunStep> before = await world.Service().ListStepsAsync(lost.Key, CancellationToken.None);

        await Assert.ThrowsAsync<RunStoppedException>(() => lost.DeployAsync(world.Documents));
        await Assert.ThrowsAsync<RunStoppedException>(() => lost.FitAsync(world.Documents));

        Assert.Equivalent(before, await world.Service().ListStepsAsync(lost.Key, CancellationToken.None), strict: true);
        await AssertUndoneAsync(world, lost);
    }

    [Fact]
    public async Task Step_OfALostRunWhosePipelineIsDeletedAtAnyCall_LeavesNothing()
    {
        await Walk.InterleavingsAsync(
            async world =>
            {
                await world.TickAsync();
                await world.Service().DeleteAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
            },
            async (world, store) =>
            {
                ReleasedRun lost = await LostBeforeAsync(world, StepName.RefitBest);
                await FinishAsync(world, lost, StepName.RefitBest, store);
                if (await world.Book().FindAsync(lost.Key, CancellationToken.None) is not null)
                {
                    return;
                }

                Assert.False(await lost.HasFileAsync(RunFiles.FittedPath(lost.Key)), "The fitted model was left.");
                Assert.DoesNotContain(await world.Service().ListStepsAsync(lost.Key, CancellationToken.None), step => step.Status == StepStatus.Running);
            });
    }

    [Fact]
    public async Task Step_NotYetTakenWhenItsRunWasSwept_IsNotBegun()
    {
        await using PipelineWorld world = new();
        ReleasedRun lost = await LostBeforeAsync(world, StepName.EvaluateModel);
        await world.TickAsync();

        await Assert.ThrowsAsync<RunStoppedException>(() => lost.EvaluateAsync(world.Documents));

        Assert.DoesNotContain(await world.Service().ListStepsAsync(lost.Key, CancellationToken.None), step => step.Name == StepName.EvaluateModel);
        await lost.AssertTidyAsync();
    }

    [Fact]
    public async Task Tick_StepThatNobodyTakesAnyMore_IsClosed()
    {
        await using PipelineWorld world = new();
        ReleasedRun lost = await LostBeforeAsync(world, StepName.RefitBest);
        using CancellationTokenSource died = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Recorder().TakeAsync<int>(
            lost.Key, StepName.RefitBest, null, (_, token) => { died.Cancel(); throw new OperationCanceledException(token); }, died.Token));

        await world.TickAsync();

        RunStep step = (await world.Service().ListStepsAsync(lost.Key, CancellationToken.None)).Single(each => each.Name == StepName.RefitBest);
        Assert.Equal((StepStatus.Cancelled, world.Clock.GetUtcNow()), (step.Status, step.FinishedAt));
        await lost.AssertTidyAsync();
    }

    [Fact]
    public async Task Tick_CompensationFails_TriesAgainNextTimeAndTakesUpTheOthers()
    {
        await using PipelineWorld world = new();
        ReleasedRun first = await LostOfAsync(world, "p1");
        ReleasedRun second = await LostOfAsync(world, "p2");
        FailingBlobStore blobs = new(world.Blobs, path => path == RunFiles.FittedPath(first.Key));

        TickReport report = await world.Scheduler(world.Documents, blobs).TickAsync(world.Orchestrations, CancellationToken.None);

        Assert.Equal([second.Key], report.Lost);
        Assert.Equal((first.Key, typeof(IOException)), (Assert.Single(report.Left).Run, report.Left[0].Failure.GetType()));
        Assert.Equal((RunStatus.Running, "run_lost"), ((await first.ReadAsync()).Status, (await first.ReadAsync()).Ending?.Failure?.Code));
        await Assert.ThrowsAsync<RunStoppedException>(() => first.EvaluateAsync(world.Documents));

        Assert.Equal([first.Key], (await world.TickAsync()).Lost);
        await first.AssertTidyAsync();
    }

    // A model deployed by an earlier run, then deployed by a run that is lost before it records its result.
    private static async Task<ReleasedRun> DeployedAndLostAsync(PipelineWorld world) => await LostBeforeAsync(world, StepName.RecordResult);

    private static async Task<ReleasedRun> LostBeforeAsync(PipelineWorld world, string step)
    {
        await world.CreateAsync();
        ReleasedRun good = await ReleasedRun.BeginAsync(world);
        await good.TakeUntilAsync(null);
        good.Lose();
        ReleasedRun lost = await ReleasedRun.BeginAsync(world);
        await lost.TakeUntilAsync(step);
        lost.Lose();
        return lost;
    }

    private static async Task<ReleasedRun> LostOfAsync(PipelineWorld world, string pipelineId)
    {
        await world.Service().CreateAsync(PipelineWorld.Tenant, pipelineId, PipelineWorld.Definition(), CancellationToken.None);
        ReleasedRun lost = await ReleasedRun.BeginAsync(world, pipelineId);
        await lost.TakeUntilAsync(StepName.EvaluateModel);
        lost.Lose();
        return lost;
    }

    // What is left of an activity whose orchestration was terminated: it may come to its end, or be refused.
    private static async Task FinishAsync(PipelineWorld world, ReleasedRun run, string step, IDocumentStore? store = null)
    {
        Exception? refusal = await Record.ExceptionAsync(() => run.TakeAsync(step, store ?? world.Documents));
        Assert.True(refusal is null or RunStoppedException, refusal?.ToString());
    }

    private static async Task AssertConsistentAsync(PipelineWorld world, ReleasedRun run)
    {
        if ((await run.ReadAsync()).Status != RunStatus.Deployed)
        {
            await AssertUndoneAsync(world, run);
            return;
        }

        await run.AssertTidyAsync();
        Assert.Equal(2, await run.DeployedAsync());
    }

    private static async Task AssertUndoneAsync(PipelineWorld world, ReleasedRun run)
    {
        await run.AssertTidyAsync();
        Assert.Equal(1, await run.DeployedAsync());
        string metrics = await world.MetricsAsync();
        Assert.Contains("mlops_pipeline_runs_total{status=\"deployed\"} 1\n", metrics, StringComparison.Ordinal);
        string word = (await run.ReadAsync()).Status.ToString().ToLowerInvariant();
        Assert.Contains($"mlops_pipeline_runs_total{{status=\"{word}\"}} 1\n", metrics, StringComparison.Ordinal);
    }
}
