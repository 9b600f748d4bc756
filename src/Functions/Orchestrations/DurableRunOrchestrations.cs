using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Runs pipelines on Durable Task.</summary>
internal sealed class DurableRunOrchestrations(DurableTaskClient client) : IRunOrchestrations
{
    public async Task StartAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (await IsKnownAsync(run, cancellationToken))
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PipelineRunOrchestration), run, new StartOrchestrationOptions(run.InstanceId), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else, the sweep of this host or another host, may have started it since it was looked for. Backends
            // say so by exceptions of their own, so what counts is whether it is there now.
            if (!await IsKnownAsync(run, cancellationToken))
            {
                throw;
            }
        }
    }

    public async Task CancelAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (await GetStateAsync(run, cancellationToken) == OrchestrationState.UnderWay)
        {
            await client.RaiseEventAsync(run.InstanceId, PipelineRunOrchestration.CancelEvent, cancellation: cancellationToken);
        }
    }

    public async Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? instance = await client.GetInstanceAsync(run.InstanceId, getInputsAndOutputs: false, cancellationToken);
        return instance?.RuntimeStatus switch
        {
            null => OrchestrationState.Absent,
            OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => OrchestrationState.Ended,
            _ => OrchestrationState.UnderWay,
        };
    }

    private async Task<bool> IsKnownAsync(RunKey run, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(run.InstanceId, getInputsAndOutputs: false, cancellationToken) is not null;
}
