using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Tests.Traffic.Canaries;

/// <summary>An engine that looks after nothing: tests look themselves.</summary>
internal sealed class IdleOrchestrations : ICanaryOrchestrations
{
    public List<TrafficPlanKey> Started { get; } = [];

    public List<TrafficPlanKey> Woken { get; } = [];

    /// <summary>Thrown by a start; null for none.</summary>
    public Exception? Failure { get; set; }

    public Task StartAsync(TrafficPlanKey canary, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        Started.Add(canary);
        return Task.CompletedTask;
    }

    public Task WakeAsync(TrafficPlanKey canary, CancellationToken cancellationToken)
    {
        Woken.Add(canary);
        return Task.CompletedTask;
    }
}
