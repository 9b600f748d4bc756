namespace Trainyard.LocalHost.Durable.Core;

/// <summary>What one turn of an orchestrator came to; it is stored as a whole or not at all.</summary>
/// <param name="History">The events to append, in order. Steps among them (<see cref="HistoryEvent.IsStep"/>) are to be carried out.</param>
/// <param name="CancelledTimers">Timers that must not fire any more, of this turn or of earlier ones.</param>
/// <param name="CustomStatus">The custom status after the turn, as JSON, or null.</param>
/// <param name="IsSuspended">True when the instance stands still until it is resumed.</param>
/// <param name="End">How the execution ended, or null while it goes on.</param>
internal sealed record Turn(
    IReadOnlyList<HistoryEvent> History,
    IReadOnlyList<int> CancelledTimers,
    string? CustomStatus,
    bool IsSuspended,
    ExecutionEnd? End)
{
    /// <summary>True when the orchestrator has set no custom status: the one of the execution before it stays.</summary>
    public bool KeepsCustomStatus { get; init; }
}
