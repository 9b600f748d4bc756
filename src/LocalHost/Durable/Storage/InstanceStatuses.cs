using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Sets of statuses.</summary>
internal static class InstanceStatuses
{
    /// <summary>An instance in one of these is not replaced by a start with its id, unless the caller says otherwise.</summary>
    public static IReadOnlySet<OrchestrationRuntimeStatus> Live { get; } = new HashSet<OrchestrationRuntimeStatus>
    {
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        ExecutionEnd.ContinuedAsNew,
    };

    /// <summary>The statuses as a list for SQL: numbers, so there is nothing to escape.</summary>
    public static string LiveSql { get; } = string.Join(',', Live.Select(status => (int)status));

    /// <summary>True when nothing happens to an instance any more.</summary>
    public static bool IsEnded(OrchestrationRuntimeStatus status) => !Live.Contains(status);
}
