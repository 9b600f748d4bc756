namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    Running,
    Completed,
    [Obsolete("The status exists for compatibility alone.")]
    ContinuedAsNew,
    Failed,
    [Obsolete("The status exists for compatibility alone.")]
    Canceled,
    Terminated,
    Pending,
    Suspended,
}
