using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Rows as records.</summary>
internal static class Rows
{
    /// <summary>The columns that <see cref="ReadInstance"/> reads.</summary>
    public const string InstanceColumns =
        "instance_id, name, version, execution, turn, events, status, parent_id, parent_name, parent_execution, parent_task, created_at, trace";

    /// <summary>The columns that <see cref="ReadDelivery"/> reads.</summary>
    public const string MessageColumns = "message, instance_id, execution, kind, task, name, data, detail, due";

    /// <summary>The columns that <see cref="ReadEvent"/> reads.</summary>
    public const string EventColumns = "kind, task, name, data, detail, version, at";

    /// <summary>The columns that <see cref="ReadActivity"/> reads.</summary>
    public const string ActivityColumns = "instance_id, execution, task, name, input, restarts, trace";

    /// <summary>Reads the current row.</summary>
    public static InstanceRow ReadInstance(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetInt64(5),
        (OrchestrationRuntimeStatus)row.GetInt32(6),
        row.IsDBNull(7) ? null : new(row.GetString(7), row.GetString(8), row.GetInt64(9), row.GetInt32(10)))
    {
        CreatedAt = Moment(row, 11),
        Trace = Text(row, 12),
    };

    /// <summary>Reads the current row.</summary>
    public static Delivery ReadDelivery(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetInt64(2),
        new HistoryEvent((HistoryEventKind)row.GetInt32(3), row.GetInt32(4), Text(row, 5), Text(row, 6)) { Detail = Text(row, 7) })
    {
        Due = Moment(row, 8),
    };

    /// <summary>Reads the current row.</summary>
    public static HistoryEvent ReadEvent(SqliteDataReader row) =>
        new((HistoryEventKind)row.GetInt32(0), row.GetInt32(1), Text(row, 2), Text(row, 3))
        {
            Detail = Text(row, 4),
            Version = Text(row, 5),
            At = Moment(row, 6),
        };

    /// <summary>Reads the current row.</summary>
    public static PendingActivity ReadActivity(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), Text(row, 4)) { Restarts = row.GetInt32(5), Trace = Text(row, 6) };

    /// <summary>A column that may be NULL.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A moment, stored as ticks of UTC.</summary>
    public static DateTime Moment(SqliteDataReader row, int column) => new(row.GetInt64(column), DateTimeKind.Utc);

    /// <summary>All rows of a query.</summary>
    public static List<T> ReadAll<T>(SqliteDataReader rows, Func<SqliteDataReader, T> read)
    {
        using (rows)
        {
            List<T> all = [];
            while (rows.Read())
            {
                all.Add(read(rows));
            }

            return all;
        }
    }
}
