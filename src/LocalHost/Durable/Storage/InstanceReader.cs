using Microsoft.Data.Sqlite;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>What is read of instances. Each method runs inside the caller's read.</summary>
internal static class InstanceReader
{
    private const string Snapshots =
        $"""
        SELECT i.*, n.input FROM (
            SELECT {Rows.InstanceColumns}, updated_at, output, failure, custom_status, tags FROM instances
        """;

    /// <summary>The instance without payloads, or null.</summary>
    public static InstanceRow? Find(SqliteSession session, string instanceId)
    {
        using SqliteDataReader row = session.Query($"SELECT {Rows.InstanceColumns} FROM instances WHERE instance_id = $1", instanceId);
        return row.Read() ? Rows.ReadInstance(row) : null;
    }

    /// <summary>The instance with payloads, or null.</summary>
    public static InstanceSnapshot? FindSnapshot(SqliteSession session, string instanceId)
    {
        using SqliteDataReader row = session.Query($"{Snapshots} WHERE instance_id = $1) i LEFT JOIN inputs n USING(instance_id)", instanceId);
        return row.Read() ? ReadSnapshot(row) : null;
    }

    /// <summary>A page of instances, oldest first.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="filter">Which instances.</param>
    /// <param name="after">The last instance of the page before; the default begins at the start.</param>
    /// <param name="limit">How many at most.</param>
    public static List<InstanceSnapshot> List(SqliteSession session, InstanceFilter filter, PagePosition after, int limit) => Rows.ReadAll(
        session.Query(
            $"""
            {Snapshots}
                WHERE (created_at, instance_id) > ($1, $2) AND created_at >= $3 AND created_at <= $4
                    AND ($5 & (1 << status)) <> 0 AND substr(instance_id, 1, length($6)) = $6
                ORDER BY created_at, instance_id LIMIT $7) i LEFT JOIN inputs n USING(instance_id)
            ORDER BY i.created_at, i.instance_id
            """,
            after.CreatedAt, after.InstanceId, (filter.CreatedFrom ?? DateTime.MinValue).Ticks, (filter.CreatedTo ?? DateTime.MaxValue).Ticks,
            filter.StatusBits, filter.IdPrefix ?? string.Empty, limit),
        ReadSnapshot);

    /// <summary>Hands over the history of an execution, event by event, in order.</summary>
    public static void ReadHistory(SqliteSession session, InstanceRow instance, Action<HistoryEvent> visit)
    {
        using SqliteDataReader rows = session.Query(
            $"SELECT {Rows.EventColumns} FROM history WHERE instance_id = $1 AND execution = $2 AND event < $3 ORDER BY event",
            instance.InstanceId, instance.Execution, instance.Events);
        while (rows.Read())
        {
            visit(Rows.ReadEvent(rows));
        }
    }

    /// <summary>Everything that was recorded and not carried out, of one instance or of all.</summary>
    public static PendingWork ReadPending(SqliteSession session, string? instanceId) => new(
        Rows.ReadAll(
            session.Query($"SELECT {Rows.MessageColumns} FROM messages WHERE $1 IS NULL OR instance_id = $1 ORDER BY message", instanceId),
            Rows.ReadDelivery),
        Rows.ReadAll(
            session.Query(
                $"""
                SELECT {Rows.ActivityColumns} FROM activities LEFT JOIN (SELECT instance_id, trace FROM instances) USING(instance_id)
                WHERE $1 IS NULL OR instance_id = $1 ORDER BY execution, task
                """,
                instanceId),
            Rows.ReadActivity));

    /// <summary>The highest number that an execution has.</summary>
    public static long LastExecution(SqliteSession session) => session.Number("SELECT max(execution) FROM instances") ?? 0;

    private static InstanceSnapshot ReadSnapshot(SqliteDataReader row) => new(
        Rows.ReadInstance(row),
        Rows.Moment(row, 11),
        Rows.Moment(row, 13),
        Rows.Text(row, 18),
        Rows.Text(row, 14),
        Rows.Text(row, 15),
        Rows.Text(row, 16),
        Rows.Text(row, 17));
}
