using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An event on its way to an instance.</summary>
/// <param name="MessageId">Its row, deleted in the turn that takes it; 0 when it has none (an activity's outcome, whose row is the activity's).</param>
/// <param name="InstanceId">Whom it is for.</param>
/// <param name="Execution">Which execution it is for; <see cref="AnyExecution"/> for whichever runs.</param>
/// <param name="Event">What happened.</param>
internal sealed record Delivery(long MessageId, string InstanceId, long Execution, HistoryEvent Event)
{
    /// <summary>Says that whichever execution runs may take it; executions are counted from 1.</summary>
    public const long AnyExecution = 0;

    /// <summary>When it is to be delivered (UTC); the default is at once.</summary>
    public DateTime Due { get; init; }

    /// <summary>True for the outcome of an activity.</summary>
    public bool IsActivityOutcome => Event.Kind is HistoryEventKind.ActivityCompleted or HistoryEventKind.ActivityFailed;
}
