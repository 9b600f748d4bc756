using Trainyard.Domain.Orchestrations;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The durable engine as pipelines see it.</summary>
public interface IRunOrchestrations
{
    /// <summary>Starts a run's orchestration; does nothing when it was started before, whatever became of it.</summary>
    Task StartAsync(RunKey run, CancellationToken cancellationToken);

    /// <summary>Tells a run's orchestration that its cancellation is asked for; does nothing when it is over.</summary>
    Task CancelAsync(RunKey run, CancellationToken cancellationToken);

    /// <summary>Where a run's orchestration stands.</summary>
    Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken);
}
