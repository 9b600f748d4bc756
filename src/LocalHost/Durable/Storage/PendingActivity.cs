namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An activity that was called and whose outcome is not recorded.</summary>
internal sealed record PendingActivity(string InstanceId, long Execution, int TaskId, string Name, string? Input)
{
    /// <summary>How often it was begun again because a process had died before its outcome was recorded.</summary>
    public int Restarts { get; init; }

    /// <summary>The W3C <c>traceparent</c> of its instance, or null.</summary>
    public string? Trace { get; init; }

    /// <summary>What tells this call from every other.</summary>
    public (long Execution, int TaskId) Call => (Execution, TaskId);
}
