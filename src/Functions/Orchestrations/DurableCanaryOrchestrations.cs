using Microsoft.DurableTask.Client;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Looks after canaries on Durable Task.</summary>
internal sealed class DurableCanaryOrchestrations(DurableTaskClient client) : ICanaryOrchestrations
{
    private readonly DurableInstances instances = new(client);

    public Task StartAsync(CanaryKey canary, CancellationToken cancellationToken) =>
        instances.StartAgainAsync(nameof(CanaryOrchestration), canary.InstanceId, canary, cancellationToken);

    public async Task WakeAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        if (await instances.GetStateAsync(canary.InstanceId, cancellationToken) == OrchestrationState.UnderWay)
        {
            await client.RaiseEventAsync(canary.InstanceId, CanaryOrchestration.WakeEvent, cancellation: cancellationToken);
        }
    }
}
