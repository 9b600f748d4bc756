using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An instance as it is stored, without its payloads.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Version">The version; empty when it has none.</param>
/// <param name="Execution">The execution that runs or ran last; no two executions share a number.</param>
/// <param name="Turn">Turns of that execution.</param>
/// <param name="Events">Events in its history.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Parent">Who called it, or null.</param>
internal sealed record InstanceRow(
    string InstanceId, string Name, string Version, long Execution, long Turn, long Events, OrchestrationRuntimeStatus Status, ParentLink? Parent)
{
    /// <summary>When it was created (UTC).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>The W3C <c>traceparent</c> under which it was created, of the parent for a sub-orchestration; null when nobody traced.</summary>
    public string? Trace { get; init; }

    /// <summary>True when nothing happens to it any more.</summary>
    public bool IsEnded => InstanceStatuses.IsEnded(Status);
}
