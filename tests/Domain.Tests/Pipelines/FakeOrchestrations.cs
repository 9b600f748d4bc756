using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Remembers which runs were started, each once, as Durable Task keeps one instance per id.</summary>
internal sealed class FakeOrchestrations : IRunOrchestrations
{
    private readonly Dictionary<string, OrchestrationState> states = [];

    public List<string> Started { get; } = [];

    public List<string> Cancelled { get; } = [];

    /// <summary>Makes the next start fail, as when the engine's store is away.</summary>
    public bool FailNextStart { get; set; }

    /// <summary>Makes the next cancellation fail likewise.</summary>
    public bool FailNextCancel { get; set; }

    public Task StartAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (FailNextStart)
        {
            FailNextStart = false;
            throw new IOException("The engine cannot be reached.");
        }

        if (states.TryAdd(run.RunId, OrchestrationState.UnderWay))
        {
            Started.Add(run.RunId);
        }

        return Task.CompletedTask;
    }

    public Task CancelAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (FailNextCancel)
        {
            FailNextCancel = false;
            throw new IOException("The engine cannot be reached.");
        }

        Cancelled.Add(run.RunId);
        return Task.CompletedTask;
    }

    public Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken) =>
        Task.FromResult(states.GetValueOrDefault(run.RunId, OrchestrationState.Absent));

    public void End(RunKey run) => states[run.RunId] = OrchestrationState.Ended;
}
