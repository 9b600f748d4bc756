using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Activities;

/// <summary>What the orchestration of a canary does.</summary>
/// <param name="canaries">Does it.</param>
public sealed class CanaryActivities(CanaryService canaries)
{
    /// <summary>Looks at a canary, and does what is to be done; a repeat finds it done.</summary>
    [Function(nameof(LookAtCanary))]
    public Task<CanaryLook> LookAtCanary([ActivityTrigger] TrafficPlanKey canary, CancellationToken cancellationToken)
    {
        InvocationScope.SetTenant(canary.Tenant);
        return canaries.LookAsync(canary, cancellationToken);
    }
}
