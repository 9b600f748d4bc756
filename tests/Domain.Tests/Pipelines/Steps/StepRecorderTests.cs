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
        StepRecorder recorder = new(world.Documents, world.Clock);

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
        StepRecorder recorder = new(world.Documents, world.Clock);
        using CancellationTokenSource stop = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recorder.TakeAsync<int>(
            run, StepName.RefitBest, null, (_, token) => { stop.Cancel(); throw new OperationCanceledException(token); }, stop.Token));
        Assert.Equal(StepStatus.Running, Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None)).Status);

        await recorder.TakeAsync(run, StepName.RefitBest, null, (_, _) => Task.FromResult(0), CancellationToken.None);
        RunStep step = Assert.Single(await world.Service().ListStepsAsync(run, CancellationToken.None));
        Assert.Equal((StepStatus.Completed, 2), (step.Status, step.Attempt));
    }

    private static async Task<RunKey> RunAsync(PipelineWorld world)
    {
        await world.CreateAsync();
        return PipelineWorld.Key(await world.TriggerAsync());
    }
}
