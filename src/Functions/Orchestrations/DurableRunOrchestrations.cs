using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Runs pipelines on Durable Task.</summary>
internal sealed class DurableRunOrchestrations(DurableTaskClient client) : IRunOrchestrations
{
    public async Task StartAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(run.InstanceId, getInputsAndOutputs: false, cancellationToken) is null)
        {
            // Two hosts may both come here. Durable Task keeps one instance per id, and a run that is over does nothing when
            // it is begun again.
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PipelineRunOrchestration), run, new StartOrchestrationOptions(run.InstanceId), cancellationToken);
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
}
