using Trainyard.Domain.Batches;
using Trainyard.Domain.Orchestrations;

namespace Trainyard.Domain.Tests.Batches;

/// <summary>Remembers what was started; states are the test's to set.</summary>
internal sealed class FakeBatchOrchestrations : IBatchOrchestrations
{
    public List<string> Started { get; } = [];

    public OrchestrationState State { get; set; } = OrchestrationState.Absent;

    public Task StartAsync(BatchKey job, CancellationToken cancellationToken)
    {
        Started.Add(job.JobId);
        return Task.CompletedTask;
    }

    public Task<OrchestrationState> GetStateAsync(BatchKey job, CancellationToken cancellationToken) => Task.FromResult(State);
}
