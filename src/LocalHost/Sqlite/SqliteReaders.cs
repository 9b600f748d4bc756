using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Sqlite;

/// <summary>A few reading connections, opened when first needed; readers neither wait for the writer nor hold it up.</summary>
internal sealed class SqliteReaders(string path, int count) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly SemaphoreSlim slots = new(count);
    private bool disposed;

    /// <summary>Runs a read on the thread pool, with a connection of its own.</summary>
    /// <param name="read">Sees one snapshot per statement and disposes what it opens.</param>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    /// <exception cref="StorageUnavailableException">The read failed.</exception>
    internal async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return await Task.Run(() => Read(read), cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new StorageUnavailableException($"Reading from {Path.GetFileName(path)} failed: {failure.Message}", failure);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Waits for the reads that run, then closes the connections.</summary>
    public void Dispose()
    {
        for (int slot = 0; slot < count; slot++)
        {
            slots.Wait();
        }

        disposed = true;
        while (idle.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }

        slots.Release(count);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        if (!idle.TryTake(out SqliteSession? session))
        {
            session = new SqliteSession(SqliteConnections.OpenReader(path));
        }

        try
        {
            return read(session);
        }
        finally
        {
            idle.Add(session);
        }
    }
}
