namespace Trainyard.LocalHost.Durable.Core;

/// <summary>One line of an orchestration's history. Flat, because that is how it is stored.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="TaskId">The step it belongs to, counted from 0 within an execution; -1 when it belongs to none.</param>
/// <param name="Name">The activity, orchestrator or event; null when the kind has no name.</param>
/// <param name="Data">The payload that <see cref="HistoryEventKind"/> states, as JSON; null when there is none.</param>
internal sealed record HistoryEvent(HistoryEventKind Kind, int TaskId = HistoryEvent.NoTask, string? Name = null, string? Data = null)
{
    /// <summary>The task id of an event that belongs to no step.</summary>
    public const int NoTask = -1;

    /// <summary>What <see cref="HistoryEventKind"/> states for the kind, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>The version that a sub-orchestration is started with, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The moment that <see cref="HistoryEventKind"/> states for the kind (UTC), or the default.</summary>
    public DateTime At { get; init; }

    /// <summary>True for what a call of the orchestrator's own left in the history.</summary>
    public bool IsStep => Kind
        is HistoryEventKind.ActivityScheduled
        or HistoryEventKind.TimerCreated
        or HistoryEventKind.SubOrchestrationScheduled
        or HistoryEventKind.EventSent;
}
