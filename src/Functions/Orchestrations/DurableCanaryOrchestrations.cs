using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Looks after canaries on Durable Task.</summary>
internal sealed class DurableCanaryOrchestrations(DurableTaskClient client) : ICanaryOrchestrations
{
    public async Task StartAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        if (await IsUnderWayAsync(canary, cancellationToken))
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(CanaryOrchestration), canary, new StartOrchestrationOptions(canary.InstanceId), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else may have started it since it was looked for; backends say so by exceptions of their own.
            if (!await IsUnderWayAsync(canary, cancellationToken))
            {
                throw;
            }
        }
    }

    public async Task WakeAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        if (await IsUnderWayAsync(canary, cancellationToken))
        {
            await client.RaiseEventAsync(canary.InstanceId, CanaryOrchestration.WakeEvent, cancellation: cancellationToken);
        }
    }

    private async Task<bool> IsUnderWayAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? instance = await client.GetInstanceAsync(canary.InstanceId, getInputsAndOutputs: false, cancellationToken);
        return instance?.RuntimeStatus is not (null or OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated);
    }
}
