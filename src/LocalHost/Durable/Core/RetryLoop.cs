using Microsoft.DurableTask;
using CoreFailureDetails = DurableTask.Core.FailureDetails;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Tries a step again as its retry policy or handler says; waits are durable timers.</summary>
internal static class RetryLoop
{
    /// <summary>The failure of a step whose activity or orchestrator does not exist; another attempt cannot help.</summary>
    public const string UnknownName = "durable_function_unknown";

    /// <summary>The failure of an activity around which the process died again and again; another attempt would kill it once more.</summary>
    public const string KillsProcess = "activity_kills_process";

    /// <summary>Awaits attempts until one succeeds or no further one is due.</summary>
    /// <exception cref="TaskFailedException">The last attempt failed.</exception>
    public static async Task<string?> RunAsync(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<string?>> attempt)
    {
        DateTime start = context.CurrentUtcDateTime;
        for (int number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed) when (retry is not null && failed.FailureDetails.ErrorType is not (UnknownName or KillsProcess))
            {
                if (!await WaitForNextAsync(context, retry, failed.FailureDetails, number, start))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>The wait after attempt <paramref name="number"/>: first interval x coefficient^(number - 1), at most the maximum.</summary>
    public static TimeSpan DelayAfter(RetryPolicy policy, int number)
    {
        double ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, number - 1);
        TimeSpan longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }

    private static async Task<bool> WaitForNextAsync(
        TaskOrchestrationContext context, TaskRetryOptions retry, TaskFailureDetails failure, int number, DateTime start)
    {
        TimeSpan elapsed = context.CurrentUtcDateTime - start;
        if (retry.Handler is { } handler)
        {
            return await handler(new RetryContext(context, number, failure, elapsed, CancellationToken.None));
        }

        RetryPolicy policy = retry.Policy!;
        bool inTime = policy.RetryTimeout == Timeout.InfiniteTimeSpan || elapsed < policy.RetryTimeout;
        if (number >= policy.MaxNumberOfAttempts || !inTime || !policy.Handle(ToCore(failure)))
        {
            return false;
        }

        await context.CreateTimer(DelayAfter(policy, number), CancellationToken.None);
        return true;
    }

    // RetryPolicy.HandleFailure can be set but not read; what it makes of it judges the framework's own exception.
    private static CoreTaskFailedException ToCore(TaskFailureDetails failure) =>
        new(failure.ErrorMessage) { FailureDetails = ToCoreDetails(failure) };

    private static CoreFailureDetails? ToCoreDetails(TaskFailureDetails? failure) => failure is null
        ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, ToCoreDetails(failure.InnerFailure), isNonRetriable: false);
}
