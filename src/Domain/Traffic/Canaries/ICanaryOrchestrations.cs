using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>The durable engine as canaries see it.</summary>
public interface ICanaryOrchestrations
{
    /// <summary>Starts a canary's orchestration; does nothing when it was started before and is not over.</summary>
    Task StartAsync(TrafficPlanKey canary, CancellationToken cancellationToken);

    /// <summary>Has a canary's orchestration look at once; does nothing when it is over.</summary>
    Task WakeAsync(TrafficPlanKey canary, CancellationToken cancellationToken);
}
