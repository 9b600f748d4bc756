using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;
using Trainyard.Functions.Activities;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Looks after one canary until it is over: look, wait, look again. What a look does is the activity's; it may be taken again.</summary>
public sealed class CanaryOrchestration
{
    /// <summary>The event that ends a wait early, because somebody asked for something.</summary>
    public const string WakeEvent = "wake";

    /// <summary>Looks of one generation: keeps the history that is replayed short.</summary>
    public const int LooksOfGeneration = 20;

    // Outlasts a store's restart; a longer outage is the sweep's, which starts the orchestration again.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromSeconds(60))
    {
        HandleFailure = failure => !failure.IsCausedBy<ProblemException>() || failure.IsCausedBy<TransientProblemException>(),
    });

    /// <summary>Looks after a canary.</summary>
    /// <param name="context">Gives the <see cref="TrafficPlanKey"/>.</param>
    /// <returns>The word for how the canary stands.</returns>
    [Function(nameof(CanaryOrchestration))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        OrchestrationVersion.Of(context);
        TrafficPlanKey key = context.GetInput<TrafficPlanKey>() ?? throw new InvalidOperationException("A canary's orchestration needs a canary.");
        for (int look = 0; look < LooksOfGeneration; look++)
        {
            CanaryLook found = await context.CallActivityAsync<CanaryLook>(nameof(CanaryActivities.LookAtCanary), key, Retries);
            context.SetCustomStatus(new { key.Model, found.State });
            if (found.IsOver)
            {
                return found.State;
            }

            await WaitAsync(context, TimeSpan.FromSeconds(found.WaitSeconds));
        }

        context.ContinueAsNew(key);
        return "looking";
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, TimeSpan wait)
    {
        using CancellationTokenSource over = new();
        Task timer = context.CreateTimer(wait, over.Token);
        Task woken = context.WaitForExternalEvent<string>(WakeEvent, over.Token);
        await Task.WhenAny(timer, woken);
        End(over);
    }

    // Not CancelAsync: what is cancelled is the engine's, which is met on the orchestrator's own thread alone.
    private static void End(CancellationTokenSource waits) => waits.Cancel();
}
