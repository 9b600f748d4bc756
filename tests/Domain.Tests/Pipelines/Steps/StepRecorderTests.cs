using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;

namespace Trainyard.Domain.Tests.Pipelines.Steps;

public class StepRecorderTests
{
    [Fact]
    public async Task Take_WhatItCallsTimesOut_RecordsAFailure()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        StepRecorder recorder = world.Recorder();

        await Assert.ThrowsAsync<TaskCanceledException>(() => recorder.TakeAsync<int>(
            run, StepName.RefitBest, null, (_, _) => throw new TaskCanceledException("The service did not answer in time."), CancellationToken.None));

        RunStep step = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Failed, "step_failed", world.Clock.GetUtcNow()), (step.Status, step.Failure?.Code, step.FinishedAt));
    }

    [Fact]
    public async Task Take_StoppedByItsCaller_StaysRunningAndIsTakenAgain()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        StepRecorder recorder = world.Recorder();
        using CancellationTokenSource stop = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recorder.TakeAsync<int>(
            run, StepName.RefitBest, null, (_, token) => { stop.Cancel(); throw new OperationCanceledException(token); }, stop.Token));
        Assert.Equal(StepStatus.Running, Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None)).Status);

        await recorder.TakeAsync(run, StepName.RefitBest, null, (_, _) => Task.FromResult(0), CancellationToken.None);
        RunStep step = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Completed, 2), (step.Status, step.Attempt));
    }

    [Fact]
    public async Task Take_OvertakenByALaterAttempt_AnswersButWritesNoMore()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        StepRecorder recorder = world.Recorder();

        int answer = await recorder.TakeAsync(
            run,
            StepName.RefitBest,
            null,
            async (log, token) =>
            {
                await recorder.TakeAsync(run, StepName.RefitBest, null, async (later, _) => { await later.WriteAsync("The later one.", token); return 2; }, token);
                await log.WriteAsync("The earlier one.", token);
                await log.ProgressAsync(1, 2, token);
                return 1;
            },
            CancellationToken.None);

        Assert.Equal(1, answer);
        RunStep step = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Completed, 2, null, "The later one."), (step.Status, step.Attempt, step.Total, Assert.Single(step.Log).Message));
    }

    [Fact]
    public async Task Take_OfAStepThatIsDone_KeepsItsRecord()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        await world.Recorder().TakeAsync(run, StepName.RefitBest, null, (_, _) => Task.FromResult(1), CancellationToken.None);
        RunStep done = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await world.Recorder().TakeAsync(run, StepName.RefitBest, null, async (log, token) => { await log.WriteAsync("Again.", token); return 1; }, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => world.Recorder().TakeAsync<int>(run, StepName.RefitBest, null, (_, _) => throw new IOException("Away."), CancellationToken.None));

        Assert.Equivalent(done, Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None)), strict: true);
    }

    [Fact]
    public async Task Take_SeveralAtOnce_CountsEachAttempt()
    {
        const int Attempts = 6;
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        TaskCompletionSource allBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0;

        await Task.WhenAll(Enumerable.Range(0, Attempts).Select(_ => Task.Run(() => world.Recorder().TakeAsync(
            run, StepName.RefitBest, null, async (_, _) => { if (Interlocked.Increment(ref begun) == Attempts) { allBegun.SetResult(); } await allBegun.Task; return 0; }, CancellationToken.None))));

        RunStep step = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Completed, Attempts), (step.Status, step.Attempt));
    }

    [Fact]
    public async Task Take_CancellationAskedForMeanwhile_StopsItAtTheNextLook()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        Task<int> step = world.Recorder().TakeAsync(run, StepName.RefitBest, null, UntilStoppedAsync, CancellationToken.None);
        await LookAsync(world, step);
        await AwaitWatchAsync(world, step);
        Assert.False(step.IsCompleted);

        await world.Service().CancelRunAsync(PipelineWorld.Tenant, run.PipelineId, run.RunId, world.Orchestrations, CancellationToken.None);
        await LookAsync(world, step);

        await Assert.ThrowsAsync<RunStoppedException>(() => step);
        RunStep stopped = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Cancelled, null, world.Clock.GetUtcNow()), (stopped.Status, stopped.Failure, stopped.FinishedAt));
        Assert.Equal(0, world.Clock.PendingTimers);
    }

    [Fact]
    public async Task Take_RunClosedMeanwhile_StopsIt()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        Task<int> step = world.Recorder().TakeAsync(run, StepName.RefitBest, null, UntilStoppedAsync, CancellationToken.None);
        await AwaitWatchAsync(world, step);
        world.Orchestrations.End(run);
        await world.TickAsync();

        await LookAsync(world, step);

        await Assert.ThrowsAsync<RunStoppedException>(() => step);
    }

    [Fact]
    public async Task Take_StoreAwayAtALook_GoesOnAndLooksAgain()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);
        AwayDocumentStore store = new(world.Documents);
        Task<int> step = world.Recorder(store).TakeAsync(run, StepName.RefitBest, null, UntilStoppedAsync, CancellationToken.None);
        await AwaitWatchAsync(world, step);
        store.IsAway = true;
        await LookAsync(world, step);
        await store.Refused;
        store.IsAway = false;
        await world.Service().CancelRunAsync(PipelineWorld.Tenant, run.PipelineId, run.RunId, world.Orchestrations, CancellationToken.None);

        await LookAsync(world, step);

        await Assert.ThrowsAsync<RunStoppedException>(() => step);
    }

    [Fact]
    public async Task Take_CancelledButDoneFirst_IsDone()
    {
        await using PipelineWorld world = new();
        RunKey run = await RunAsync(world);

        int answer = await world.Recorder().TakeAsync(
            run,
            StepName.RefitBest,
            null,
            async (_, token) => { await world.Service().CancelRunAsync(PipelineWorld.Tenant, run.PipelineId, run.RunId, world.Orchestrations, token); return 1; },
            CancellationToken.None);

        Assert.Equal(1, answer);
        Assert.Equal(StepStatus.Completed, Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None)).Status);
    }

    private static async Task<int> UntilStoppedAsync(StepLog log, CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return 0;
    }

    private static async Task LookAsync(PipelineWorld world, Task step)
    {
        await AwaitWatchAsync(world, step);
        world.Clock.Advance(RunWatch.Interval);
    }

    // The watch sets its timer once it has looked, on a thread of its own: until then a look is under way, which may or may not
    // see what the test does next.
    private static async Task AwaitWatchAsync(PipelineWorld world, Task step)
    {
        while (world.Clock.PendingTimers == 0)
        {
            Assert.False(step.IsCompleted, $"The step is over: {step.Exception}");
            await Task.Yield();
        }
    }

    private static async Task<RunKey> RunAsync(PipelineWorld world)
    {
        await world.CreateAsync();
        return PipelineWorld.Key(await world.TriggerAsync());
    }
}
