using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Orchestrations;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Starts orchestrations under ids of their own, each once, and says where they stand.</summary>
internal sealed class DurableInstances(DurableTaskClient client)
{
    /// <summary>Starts an orchestration; does nothing when there is one of that id, whatever became of it.</summary>
    public Task StartAsync(string orchestrator, string instanceId, object input, CancellationToken cancellationToken) =>
        StartAsync(orchestrator, instanceId, input, state => state == OrchestrationState.Absent, cancellationToken);

    /// <summary>Starts an orchestration, after one of that id that has ended too; does nothing while one is under way.</summary>
    public Task StartAgainAsync(string orchestrator, string instanceId, object input, CancellationToken cancellationToken) =>
        StartAsync(orchestrator, instanceId, input, state => state != OrchestrationState.UnderWay, cancellationToken);

    /// <summary>Where an orchestration stands.</summary>
    public async Task<OrchestrationState> GetStateAsync(string instanceId, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken);
        return instance?.RuntimeStatus switch
        {
            null => OrchestrationState.Absent,
            OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => OrchestrationState.Ended,
            _ => OrchestrationState.UnderWay,
        };
    }

    private async Task StartAsync(
        string orchestrator, string instanceId, object input, Predicate<OrchestrationState> isFree, CancellationToken cancellationToken)
    {
        if (!isFree(await GetStateAsync(instanceId, cancellationToken)))
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else, the sweep of this host or another host, may have started it since it was looked for. Backends
            // say so by exceptions of their own, so what counts is whether it is there now.
            if (isFree(await GetStateAsync(instanceId, cancellationToken)))
            {
                throw;
            }
        }
    }
}
