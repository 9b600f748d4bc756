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

    private static async Task<RunKey> RunAsync(PipelineWorld world)
    {
        await world.CreateAsync();
        return PipelineWorld.Key(await world.TriggerAsync());
    }
}
