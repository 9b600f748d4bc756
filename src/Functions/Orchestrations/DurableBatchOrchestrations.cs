using Microsoft.DurableTask.Client;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Orchestrations;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Runs prediction jobs on Durable Task.</summary>
internal sealed class DurableBatchOrchestrations(DurableTaskClient client) : IBatchOrchestrations
{
    private readonly DurableInstances instances = new(client);

    public Task StartAsync(BatchKey job, CancellationToken cancellationToken) =>
        instances.StartAsync(nameof(BatchOrchestration), job.InstanceId, new BatchWork(job), cancellationToken);

    public Task<OrchestrationState> GetStateAsync(BatchKey job, CancellationToken cancellationToken) => instances.GetStateAsync(job.InstanceId, cancellationToken);
}
