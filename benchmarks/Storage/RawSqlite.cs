using Microsoft.Data.Sqlite;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.Benchmarks.Storage;

/// <summary>The plainest loop on SQLite with the same durability: one connection, prepared statements, text keys.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand write;
    private readonly SqliteCommand read;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;

    internal RawSqlite(string path)
    {
        connection = SqliteConnections.OpenWriter(path, new SqliteSchema(1, "CREATE TABLE documents(key TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID"));
        write = Prepare("INSERT INTO documents VALUES($key, $json) ON CONFLICT DO UPDATE SET json = excluded.json");
        read = Prepare("SELECT json FROM documents WHERE key = $key");
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
    }

    /// <summary>Writes some documents in one transaction.</summary>
    internal void Write(IEnumerable<string> keys, byte[] json)
    {
        begin.ExecuteNonQuery();
        foreach (string key in keys)
        {
            write.Parameters[0].Value = key;
            write.Parameters[1].Value = json;
            write.ExecuteNonQuery();
        }

        commit.ExecuteNonQuery();
    }

    internal byte[]? Read(string key)
    {
        read.Parameters[0].Value = key;
        return (byte[]?)read.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in (SqliteCommand[])[write, read, begin, commit])
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in (string[])["$key", "$json"])
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
        }

        return command;
    }
}
