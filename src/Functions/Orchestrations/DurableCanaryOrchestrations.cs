using Microsoft.DurableTask.Client;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Looks after canaries on Durable Task.</summary>
internal sealed class DurableCanaryOrchestrations(DurableTaskClient client) : ICanaryOrchestrations
{
    private readonly DurableInstances instances = new(client);

    /// <summary>The id of a canary's orchestration. A canary's id is unique among all tenants.</summary>
    public static string InstanceOf(TrafficPlanKey canary) => $"canary-{canary.Id}";

    public Task StartAsync(TrafficPlanKey canary, CancellationToken cancellationToken) =>
        instances.StartAgainAsync(nameof(CanaryOrchestration), InstanceOf(canary), canary, cancellationToken);

    public async Task WakeAsync(TrafficPlanKey canary, CancellationToken cancellationToken)
    {
        if (await instances.GetStateAsync(InstanceOf(canary), cancellationToken) == OrchestrationState.UnderWay)
        {
            await client.RaiseEventAsync(InstanceOf(canary), CanaryOrchestration.WakeEvent, cancellation: cancellationToken);
        }
    }
}
