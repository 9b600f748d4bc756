namespace Trainyard.LocalHost.Sqlite;

/// <summary>A database file with one writer and several readers. Thread safe. Disposing finishes what was begun.</summary>
/// <remarks>A write is on disk when its task ends; a read sees every write whose task had ended when it began.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>Reading connections: enough to keep a small machine's cores busy, few enough to cost no memory.</summary>
    internal const int Readers = 4;

    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private bool disposed;

    /// <summary>Opens the file, and creates it when absent.</summary>
    /// <exception cref="SqliteFileException">The file is of a newer version, of something else, or damaged.</exception>
    internal SqliteDatabase(string path, SqliteSchema schema)
    {
        writer = new SqliteWriter(new SqliteSession(SqliteConnections.OpenWriter(path, schema)), Path.GetFileName(path));
        readers = new SqliteReaders(path, Readers);
    }

    /// <inheritdoc cref="SqliteWriter.WriteAsync"/>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => writer.WriteAsync(work, cancellationToken);

    /// <inheritdoc cref="SqliteReaders.ReadAsync"/>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) => readers.ReadAsync(read, cancellationToken);

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            readers.Dispose();
            writer.Dispose();
        }
    }
}
