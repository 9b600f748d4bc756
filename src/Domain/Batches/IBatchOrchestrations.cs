using Trainyard.Domain.Orchestrations;

namespace Trainyard.Domain.Batches;

/// <summary>The durable engine as prediction jobs see it.</summary>
public interface IBatchOrchestrations
{
    /// <summary>Starts a job's orchestration; does nothing when it was started before, whatever became of it.</summary>
    Task StartAsync(BatchKey job, CancellationToken cancellationToken);

    /// <summary>Where a job's orchestration stands.</summary>
    Task<OrchestrationState> GetStateAsync(BatchKey job, CancellationToken cancellationToken);
}
