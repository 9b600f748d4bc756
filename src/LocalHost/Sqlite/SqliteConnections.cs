using Microsoft.Data.Sqlite;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Sqlite;

/// <summary>Opens connections to a file with the settings that durability rests on, and brings its schema up to date.</summary>
internal static class SqliteConnections
{
    /// <summary>How long a statement waits for another process (a backup, a shell) to let go of the file.</summary>
    internal const int BusyTimeoutMilliseconds = 5_000;

    /// <summary>The write-ahead log is cut to this size after a checkpoint.</summary>
    internal const int MaxRestingLogBytes = 16 * 1024 * 1024;

    static SqliteConnections() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens the one connection that writes; creates the file, its folder and its schema when absent.</summary>
    /// <exception cref="SqliteFileException">The file is of a newer version, of something else, or damaged.</exception>
    internal static SqliteConnection OpenWriter(string path, SqliteSchema schema)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        SqliteConnection connection = Open(path, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        try
        {
            schema.Apply(connection, path);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw Unreadable(path, failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads; the file is there already.</summary>
    internal static SqliteConnection OpenReader(string path) => Open(path, "PRAGMA query_only=ON;");

    private static SqliteConnection Open(string path, string pragmas)
    {
        // Connections live as long as their store, so a pool would only keep the file open after it.
        SqliteConnectionStringBuilder settings = new() { DataSource = path, Pooling = false };
        SqliteConnection connection = new(settings.ToString());
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                $"PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit={MaxRestingLogBytes}; {pragmas}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw Unreadable(path, failure);
        }
    }

    private static Exception Unreadable(string path, SqliteException failure) => failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT
        ? new SqliteFileException($"'{path}' is not a database that can be read ({failure.Message}). Restore it, or start with another data folder.", failure)
        : new StorageUnavailableException($"'{path}' cannot be opened: {failure.Message}", failure);
}
