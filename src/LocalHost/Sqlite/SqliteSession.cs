using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Trainyard.LocalHost.Sqlite;

/// <summary>A connection with its prepared statements, used by one thread at a time.</summary>
/// <remarks>Statements are kept by their text, so the text must be a constant; values go into <c>$1</c>, <c>$2</c>, ….</remarks>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);

    /// <summary>Whether no transaction is open; SQLite ends one by itself when the disk is full or fails.</summary>
    internal bool IsAutoCommit => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0;

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row as a number; null when there is no row or it is NULL.</summary>
    internal long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        object? value = Prepare(sql, values).ExecuteScalar();
        return value is null or DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a query; the caller disposes the reader before the session's next statement of the same text.</summary>
    internal SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteReader();

    public void Dispose()
    {
        foreach (SqliteCommand statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!statements.TryGetValue(sql, out SqliteCommand? statement))
        {
            statement = connection.CreateCommand();
            statement.CommandText = sql;
            for (int index = 1; index <= values.Length; index++)
            {
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${index}" });
            }

            statements.Add(sql, statement);
        }

        for (int index = 0; index < values.Length; index++)
        {
            statement.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return statement;
    }
}
