using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>How an execution ended.</summary>
/// <param name="Status">Completed, Failed, Terminated, or <see cref="ContinuedAsNew"/> when another execution follows.</param>
/// <param name="Output">The output as JSON; the next execution's input when it continues as new.</param>
/// <param name="Failure">Why it failed, or null.</param>
internal sealed record ExecutionEnd(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure)
{
    /// <summary>The status of an execution that another one follows.</summary>
    /// <remarks>By its number: the framework keeps the value and calls its name obsolete, as no client ever sees an instance so.</remarks>
    public const OrchestrationRuntimeStatus ContinuedAsNew = (OrchestrationRuntimeStatus)2;

    /// <summary>The version of the next execution; null keeps the one it has.</summary>
    public string? NewVersion { get; init; }

    /// <summary>Events that arrived and were not waited for, in order; the next execution begins with them.</summary>
    public IReadOnlyList<HistoryEvent> CarriedEvents { get; init; } = [];

    /// <summary>True when the sub-orchestrations that still run are to be terminated too.</summary>
    public bool TerminatesChildren { get; init; }
}
