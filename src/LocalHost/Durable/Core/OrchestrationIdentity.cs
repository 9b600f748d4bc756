using Microsoft.DurableTask;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>What an execution of an orchestration knows of itself from the start.</summary>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Version">The version it was started with; empty when it has none.</param>
/// <param name="Parent">Who called it, or null.</param>
internal sealed record OrchestrationIdentity(string Name, string InstanceId, string Version, ParentOrchestrationInstance? Parent)
{
    /// <summary>The version of sub-orchestrations that are called without one; empty for none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;
}
