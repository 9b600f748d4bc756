using Microsoft.DurableTask.Client;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Runs pipelines on Durable Task.</summary>
internal sealed class DurableRunOrchestrations(DurableTaskClient client) : IRunOrchestrations
{
    private readonly DurableInstances instances = new(client);

    public Task StartAsync(RunKey run, CancellationToken cancellationToken) =>
        instances.StartAsync(nameof(PipelineRunOrchestration), run.InstanceId, run, cancellationToken);

    public async Task CancelAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (await GetStateAsync(run, cancellationToken) == OrchestrationState.UnderWay)
        {
            await client.RaiseEventAsync(run.InstanceId, PipelineRunOrchestration.CancelEvent, cancellation: cancellationToken);
        }
    }

    public Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken) => instances.GetStateAsync(run.InstanceId, cancellationToken);
}
