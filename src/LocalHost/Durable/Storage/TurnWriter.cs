using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Stores one turn: history, outbox and instance change together. Runs inside the caller's transaction.</summary>
internal sealed class TurnWriter(SqliteSession session, InstanceWriter instances, Func<long> nextExecution)
{
    /// <summary>The code of the failure to store a turn of an instance that has moved on.</summary>
    public const string OvertakenCode = "turn_overtaken";

    private readonly List<Delivery> deliveries = [];
    private readonly List<PendingActivity> activities = [];

    /// <summary>Removes deliveries.</summary>
    /// <returns>How many of them were there.</returns>
    public static int Remove(SqliteSession session, IReadOnlyList<Delivery> deliveries) => deliveries.Sum(delivery => delivery.IsActivityOutcome
        ? session.Execute("DELETE FROM activities WHERE execution = $1 AND task = $2", delivery.Execution, delivery.Event.TaskId)
        : session.Execute("DELETE FROM messages WHERE message = $1", delivery.MessageId));

    /// <summary>Stores the turn.</summary>
    /// <exception cref="DurableException"><c>turn_overtaken</c>: the instance has moved on since the turn began.</exception>
    public StoredTurn Write(TurnRecord record)
    {
        (InstanceRow instance, Turn turn) = (record.Instance, record.Turn);
        InstanceRow after = instance with { Turn = instance.Turn + 1, Events = instance.Events + turn.History.Count, Status = record.Status };
        Advance(instance, after, turn, record.At);
        if (Remove(session, record.Heard) != record.Heard.Count)
        {
            throw Overtaken(instance);
        }

        Remove(session, record.Unheard);
        foreach (int timer in turn.CancelledTimers)
        {
            session.Execute(
                "DELETE FROM messages WHERE instance_id = $1 AND execution = $2 AND task = $3", instance.InstanceId, instance.Execution, timer);
        }

        Append(instance, turn.History);
        foreach (HistoryEvent step in turn.History.Where(each => each.IsStep))
        {
            CarryOut(instance, turn, step, record.At);
        }

        if (turn.End is { } end)
        {
            after = End(after, end, record.At);
        }

        return new StoredTurn(instance.Execution, after, deliveries, activities);
    }

    private void Advance(InstanceRow before, InstanceRow after, Turn turn, DateTime at)
    {
        int changed = session.Execute(
            """
            UPDATE instances SET turn = $4, events = $5, status = $6, updated_at = $7,
                custom_status = CASE WHEN $8 THEN custom_status ELSE $9 END
            WHERE instance_id = $1 AND execution = $2 AND turn = $3
            """,
            before.InstanceId, before.Execution, before.Turn, after.Turn, after.Events, (int)after.Status, at.Ticks, turn.KeepsCustomStatus, turn.CustomStatus);
        if (changed == 0)
        {
            throw Overtaken(before);
        }
    }

    private static DurableException Overtaken(InstanceRow instance) =>
        new(OvertakenCode, $"Instance '{instance.InstanceId}' has moved on since the turn began: it was purged, replaced or read again.");

    private void Append(InstanceRow instance, IReadOnlyList<HistoryEvent> history)
    {
        long position = instance.Events;
        foreach (HistoryEvent each in history)
        {
            session.Execute(
                """
                INSERT INTO history(instance_id, execution, event, kind, task, name, data, detail, version, at)
                VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                instance.InstanceId, instance.Execution, position++, (int)each.Kind, each.TaskId, each.Name, each.Data, each.Detail, each.Version, each.At.Ticks);
        }
    }

    private void CarryOut(InstanceRow instance, Turn turn, HistoryEvent step, DateTime at)
    {
        switch (step.Kind)
        {
            case HistoryEventKind.ActivityScheduled:
                session.Execute(
                    "INSERT INTO activities(instance_id, execution, task, name, input) VALUES($1, $2, $3, $4, $5)",
                    instance.InstanceId, instance.Execution, step.TaskId, step.Name, step.Data);
                activities.Add(new(instance.InstanceId, instance.Execution, step.TaskId, step.Name!, step.Data) { Trace = instance.Trace });
                break;
            case HistoryEventKind.TimerCreated when turn.End is null && !turn.CancelledTimers.Contains(step.TaskId):
                deliveries.Add(instances.AddMessage(instance.InstanceId, instance.Execution, new(HistoryEventKind.TimerFired, step.TaskId), step.At));
                break;
            case HistoryEventKind.SubOrchestrationScheduled:
                StartChild(instance, step, at);
                break;
            case HistoryEventKind.EventSent:
                Tell(step.Detail!, Delivery.AnyExecution, new(HistoryEventKind.EventRaised, Name: step.Name, Data: step.Data));
                break;
        }
    }

    private void StartChild(InstanceRow parent, HistoryEvent step, DateTime at)
    {
        ParentLink link = new(parent.InstanceId, parent.Name, parent.Execution, step.TaskId);
        NewInstance child = new(step.Detail!, step.Name!, step.Version ?? string.Empty, step.Data, null, link, at, default) { Trace = parent.Trace };
        if (instances.Start(child, InstanceStatuses.Live) is { } start)
        {
            deliveries.Add(start);
            return;
        }

        string refusal = Failures.Serialize(Failures.Create("instance_exists", $"An instance '{step.Detail}' runs already."));
        deliveries.Add(instances.AddMessage(
            parent.InstanceId, parent.Execution, new(HistoryEventKind.SubOrchestrationFailed, step.TaskId, step.Name, refusal), default));
    }

    private InstanceRow End(InstanceRow instance, ExecutionEnd end, DateTime at)
    {
        if (end.TerminatesChildren)
        {
            TerminateChildren(instance, end);
        }

        if (end.Status == ExecutionEnd.ContinuedAsNew)
        {
            return StartOver(instance, end);
        }

        string? failure = end.Failure is { } details ? Failures.Serialize(details) : null;
        session.Execute("DELETE FROM messages WHERE instance_id = $1", instance.InstanceId);
        if (end.Status == OrchestrationRuntimeStatus.Terminated)
        {
            session.Execute("DELETE FROM activities WHERE execution = $1", instance.Execution);
        }

        session.Execute(
            "UPDATE instances SET output = $2, failure = $3, updated_at = $4 WHERE instance_id = $1", instance.InstanceId, end.Output, failure, at.Ticks);
        NotifyParent(instance, end, failure);
        return instance;
    }

    private void NotifyParent(InstanceRow instance, ExecutionEnd end, string? failure)
    {
        if (instance.Parent is not { } parent)
        {
            return;
        }

        HistoryEvent notice = end.Status == OrchestrationRuntimeStatus.Completed
            ? new(HistoryEventKind.SubOrchestrationCompleted, parent.TaskId, instance.Name, end.Output)
            : new(HistoryEventKind.SubOrchestrationFailed, parent.TaskId, instance.Name, failure ?? Terminated(instance));
        Tell(parent.InstanceId, parent.Execution, notice);
    }

    private static string Terminated(InstanceRow instance) =>
        Failures.Serialize(Failures.Create("orchestration_terminated", $"The sub-orchestration '{instance.InstanceId}' was terminated."));

    private void TerminateChildren(InstanceRow instance, ExecutionEnd end)
    {
        List<string> children = Rows.ReadAll(
            session.Query("SELECT instance_id FROM instances WHERE parent_id = $1 AND parent_execution = $2", instance.InstanceId, instance.Execution),
            row => row.GetString(0));
        foreach (string child in children)
        {
            Tell(child, Delivery.AnyExecution, new(HistoryEventKind.Terminated, Data: end.Output) { Detail = "recursive" });
        }
    }

    private InstanceRow StartOver(InstanceRow instance, ExecutionEnd end)
    {
        InstanceRow next = instance with
        {
            Execution = nextExecution(),
            Version = end.NewVersion ?? instance.Version,
            Turn = 0,
            Events = 0,
            Status = OrchestrationRuntimeStatus.Running,
        };
        session.Execute("DELETE FROM history WHERE instance_id = $1", instance.InstanceId);
        session.Execute("DELETE FROM messages WHERE instance_id = $1 AND execution = $2", instance.InstanceId, instance.Execution);
        session.Execute(
            "UPDATE instances SET execution = $2, version = $3, turn = 0, events = 0, status = $4 WHERE instance_id = $1",
            instance.InstanceId, next.Execution, next.Version, (int)next.Status);
        instances.SetInput(instance.InstanceId, end.Output);
        deliveries.Add(instances.AddMessage(next.InstanceId, next.Execution, new(HistoryEventKind.ExecutionStarted, Data: end.Output), default));
        foreach (HistoryEvent carried in end.CarriedEvents)
        {
            deliveries.Add(instances.AddMessage(next.InstanceId, next.Execution, carried, default));
        }

        return next;
    }

    private void Tell(string instanceId, long execution, HistoryEvent told)
    {
        if (instances.Tell(instanceId, execution, told) is { } delivery)
        {
            deliveries.Add(delivery);
        }
    }
}
