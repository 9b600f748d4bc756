using Microsoft.DurableTask;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Learning;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Calls the steps of a run: tries again what may be transient, and stops between steps when cancellation was asked for.</summary>
internal sealed class RunStepCaller(TaskOrchestrationContext context, RunKey run)
{
    /// <summary>Five attempts, two to sixteen seconds apart: outlasts a store's restart, not an outage.</summary>
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5,
        firstRetryInterval: TimeSpan.FromSeconds(2),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromSeconds(16))
    {
        HandleFailure = failure => !IsFinal(failure),
    });

    private readonly Task<string> cancelled = context.WaitForExternalEvent<string>(PipelineRunOrchestration.CancelEvent);

    /// <summary>Takes a step.</summary>
    /// <exception cref="RunCancelledException">Cancellation was asked for before the step began.</exception>
    /// <exception cref="TaskFailedException">The step failed for good.</exception>
    public Task<T> TakeAsync<T>(string activity, object input) =>
        cancelled.IsCompleted ? throw new RunCancelledException() : FinishAsync<T>(activity, input);

    /// <summary>Takes a step that cancellation does not stop.</summary>
    public Task<T> FinishAsync<T>(string activity, object input)
    {
        context.SetCustomStatus(new { run.RunId, step = activity });
        return context.CallActivityAsync<T>(activity, input, Retries);
    }

    /// <summary>True for what the data or the request is to blame for: it does not get better by trying again.</summary>
    internal static bool IsFinal(TaskFailureDetails failure) =>
        failure.IsCausedBy<LearningException>()
        || (failure.IsCausedBy<ProblemException>() && !failure.IsCausedBy<TransientProblemException>());
}
