using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Functions.Activities;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>What the run's orchestration does when it is cancelled.</summary>
public class PipelineRunCancellationTests
{
    [Fact]
    public async Task Run_CancelledBeforeItBegins_IsCancelled()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        DirectOrchestrationContext context = new(world.Activities, run);
        context.Cancel.SetResult("now");
        RunView view = await world.RunAsync(run, () => context);
        Assert.Equal([nameof(PipelineRunActivities.CompensateRun)], context.Calls);
        Assert.Equal((RunStatus.Cancelled, null), (view.Run.Status, view.Run.Failure));
    }

    [Fact]
    public async Task Run_CancelledBetweenSteps_TakesNoFurtherStep()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        DirectOrchestrationContext context = null!;
        context = new DirectOrchestrationContext(world.Activities, run)
        {
            Taken = name =>
            {
                if (name == nameof(PipelineRunActivities.RefitBest))
                {
                    context.Cancel.SetResult("now");
                }

                return Task.CompletedTask;
            },
        };
        RunView view = await world.RunAsync(run, () => context);
        Assert.Equal((RunStatus.Cancelled, null), (view.Run.Status, view.Run.Failure));
        Assert.Equal(nameof(PipelineRunActivities.CompensateRun), context.Calls[^1]);
        Assert.DoesNotContain(nameof(PipelineRunActivities.EvaluateModel), context.Calls);
        await RunLeftovers.NothingIsLeftAsync(world, run);
    }
}
