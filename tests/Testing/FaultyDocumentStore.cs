using Trainyard.Domain.Ports;

namespace Trainyard.Testing;

/// <summary>Passes everything to another store and fails once, before or after the n-th write; a batch counts as one write.</summary>
/// <remarks>
/// Walk n from 1 until <see cref="Struck"/> stays false to try every crash point of a piece of work. Thread safe.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="failingWrite">1-based number of the write that fails; 0 for none.</param>
/// <param name="point">The side of the write.</param>
/// <param name="staysDown">Whether every later call fails too, as for a process that is gone; a caller that goes on after a failure is then no longer one.</param>
public sealed class FaultyDocumentStore(IDocumentStore inner, int failingWrite, FaultPoint point, bool staysDown = false) : IDocumentStore
{
    private int writes;

    /// <summary>Writes begun so far.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>Whether the fault was raised.</summary>
    public bool Struck { get; private set; }

    /// <inheritdoc />
    public Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        IsDown ? throw Strike(Writes) : inner.GetAsync(collection, partitionKey, rowKey, cancellationToken);

    /// <inheritdoc />
    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        IsDown ? throw Strike(Writes) : inner.QueryAsync(query, cancellationToken);

    /// <inheritdoc />
    public Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken) =>
        StrikeAround(() => inner.WriteAsync(collection, partitionKey, write, cancellationToken));

    /// <inheritdoc />
    public Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        StrikeAround(() => inner.CommitAsync(collection, partitionKey, writes, cancellationToken));

    private bool IsDown => staysDown && Struck;

    private async Task<T> StrikeAround<T>(Func<Task<T>> write)
    {
        int number = Interlocked.Increment(ref writes);
        if (IsDown)
        {
            throw Strike(number);
        }

        if (number == failingWrite && point == FaultPoint.BeforeWrite)
        {
            throw Strike(number);
        }

        T answer = await write();
        return number == failingWrite && point == FaultPoint.AfterWrite ? throw Strike(number) : answer;
    }

    private InjectedFaultException Strike(int number)
    {
        Struck = true;
        return new InjectedFaultException(number, point);
    }
}
