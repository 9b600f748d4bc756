using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>The statements that create, address and remove instances. Each runs inside the caller's transaction.</summary>
/// <param name="session">The writing session.</param>
/// <param name="nextExecution">Numbers executions; never the same number twice.</param>
internal sealed class InstanceWriter(SqliteSession session, Func<long> nextExecution)
{
    /// <summary>Creates an instance with the message that starts it; one that ended, or that may be replaced, makes way.</summary>
    /// <returns>The starting message, or null when an instance of that id is in one of the statuses that forbid it.</returns>
    public Delivery? Start(NewInstance created, IReadOnlySet<OrchestrationRuntimeStatus> forbidding)
    {
        long? status = session.Number("SELECT status FROM instances WHERE instance_id = $1", created.InstanceId);
        if (status is not null)
        {
            if (forbidding.Contains((OrchestrationRuntimeStatus)status))
            {
                return null;
            }

            Delete(created.InstanceId);
        }

        long execution = nextExecution();
        Insert(created, execution);
        return AddMessage(created.InstanceId, execution, new(HistoryEventKind.ExecutionStarted, Data: created.Input), created.StartAt);
    }

    /// <summary>Records a message for an instance that lives.</summary>
    /// <returns>The message, or null when there is no such instance or it has ended: then there is nobody to tell.</returns>
    public Delivery? Tell(string instanceId, long execution, HistoryEvent told)
    {
        long? current = session.Number(
            $"SELECT execution FROM instances WHERE instance_id = $1 AND status IN ({InstanceStatuses.LiveSql})", instanceId);
        bool listens = current is not null && (execution == Delivery.AnyExecution || execution == current);
        return listens ? AddMessage(instanceId, execution, told, default) : null;
    }

    /// <summary>Records a message without asking whether anybody listens.</summary>
    public Delivery AddMessage(string instanceId, long execution, HistoryEvent told, DateTime due)
    {
        long message = session.Number(
            "INSERT INTO messages(instance_id, execution, kind, task, name, data, detail, due) VALUES($1, $2, $3, $4, $5, $6, $7, $8) RETURNING message",
            instanceId, execution, (int)told.Kind, told.TaskId, told.Name, told.Data, told.Detail, due.Ticks)!.Value;
        return new Delivery(message, instanceId, execution, told) { Due = due };
    }

    /// <summary>Replaces the input that a query shows.</summary>
    public void SetInput(string instanceId, string? input)
    {
        session.Execute("DELETE FROM inputs WHERE instance_id = $1", instanceId);
        if (input is not null)
        {
            session.Execute("INSERT INTO inputs(instance_id, input) VALUES($1, $2)", instanceId, input);
        }
    }

    /// <summary>Removes every trace of an instance.</summary>
    public void Delete(string instanceId)
    {
        session.Execute("DELETE FROM instances WHERE instance_id = $1", instanceId);
        session.Execute("DELETE FROM inputs WHERE instance_id = $1", instanceId);
        session.Execute("DELETE FROM history WHERE instance_id = $1", instanceId);
        session.Execute("DELETE FROM activities WHERE instance_id = $1", instanceId);
        session.Execute("DELETE FROM messages WHERE instance_id = $1", instanceId);
    }

    /// <summary>Removes instances that have ended, and on request their sub-orchestrations that have ended.</summary>
    /// <returns>How many were removed.</returns>
    public int Purge(string instanceId, bool recursive)
    {
        int removed = 0;
        Queue<string> next = new([instanceId]);
        while (next.TryDequeue(out string? current))
        {
            long? ended = session.Number(
                $"SELECT 1 FROM instances WHERE instance_id = $1 AND status NOT IN ({InstanceStatuses.LiveSql})", current);
            if (ended is null)
            {
                continue;
            }

            if (recursive)
            {
                Rows.ReadAll(session.Query("SELECT instance_id FROM instances WHERE parent_id = $1", current), row => row.GetString(0)).ForEach(next.Enqueue);
            }

            Delete(current);
            removed++;
        }

        return removed;
    }

    private void Insert(NewInstance created, long execution)
    {
        session.Execute(
            """
            INSERT INTO instances(instance_id, name, version, execution, turn, events, status, tags,
                parent_id, parent_name, parent_execution, parent_task, created_at, updated_at, trace)
            VALUES($1, $2, $3, $4, 0, 0, $5, $6, $7, $8, $9, $10, $11, $11, $12)
            """,
            created.InstanceId, created.Name, created.Version, execution, (int)OrchestrationRuntimeStatus.Pending, created.Tags,
            created.Parent?.InstanceId, created.Parent?.Name, created.Parent?.Execution, created.Parent?.TaskId, created.CreatedAt.Ticks, created.Trace);
        SetInput(created.InstanceId, created.Input);
    }
}
