using Microsoft.Extensions.Logging;

namespace Trainyard.LocalHost.Durable;

/// <summary>What the engine logs; never inputs, outputs or events.</summary>
internal static partial class DurableLog
{
    [LoggerMessage(2001, LogLevel.Information, "Durable engine started with {Messages} messages and {Activities} activities to carry on with.")]
    public static partial void Started(ILogger logger, int messages, int activities);

    [LoggerMessage(2002, LogLevel.Information, "Orchestration {Name} '{InstanceId}' ended as {Status}.")]
    public static partial void Ended(ILogger logger, string name, string instanceId, Microsoft.DurableTask.Client.OrchestrationRuntimeStatus status);

    // Its orchestration decides what the failure means: it may try again, or expect it.
    [LoggerMessage(2003, LogLevel.Information, "Activity {Name} of '{InstanceId}' (step {TaskId}) failed: {ErrorType}: {Error}")]
    public static partial void ActivityFailed(ILogger logger, string name, string instanceId, int taskId, string errorType, string error);

    [LoggerMessage(2009, LogLevel.Debug, "Activity {Name} of '{InstanceId}' (step {TaskId}) failed here.")]
    public static partial void ActivityFailedHere(ILogger logger, string name, string instanceId, int taskId, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "Orchestration {Name} '{InstanceId}' failed: {ErrorType}: {Error}")]
    public static partial void Failed(ILogger logger, string name, string instanceId, string errorType, string error);

    [LoggerMessage(2004, LogLevel.Warning, "Activities still ran when the time to stop was up; they were cancelled, and run again at the next start.")]
    public static partial void ActivitiesAbandoned(ILogger logger);

    [LoggerMessage(2005, LogLevel.Error, "A turn of '{InstanceId}' could not be stored; the instance is read again in {Delay}.")]
    public static partial void TurnFailed(ILogger logger, string instanceId, TimeSpan delay, Exception exception);

    [LoggerMessage(2007, LogLevel.Error, "Activity {Name} of '{InstanceId}' (step {TaskId}) was begun again {Restarts} times and every process died around it; it was failed.")]
    public static partial void ActivityGivenUp(ILogger logger, string name, string instanceId, int taskId, int restarts);

    [LoggerMessage(2008, LogLevel.Warning, "The restarts of activity {Name} of '{InstanceId}' (step {TaskId}) could not be counted.")]
    public static partial void RestartNotCounted(ILogger logger, string name, string instanceId, int taskId, Exception exception);
}
