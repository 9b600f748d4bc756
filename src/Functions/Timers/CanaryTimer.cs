using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Timers;

/// <summary>Starts the orchestrations of canaries that have none, for a crash came between the two.</summary>
/// <param name="canaries">Knows them.</param>
public sealed class CanaryTimer(CanaryService canaries)
{
    /// <summary>Every minute: a canary that nobody looks after stays at its share that long at most.</summary>
    public const string Every = "20 * * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepCanaries")]
    public Task RunAsync([TimerTrigger(Every)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return canaries.SweepAsync(new DurableCanaryOrchestrations(client), cancellationToken);
    }
}
