using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Access;

/// <summary>Passes everything on, and holds what one read has found until it is released.</summary>
internal sealed class HeldReads(IDocumentStore inner) : IDocumentStore
{
    private readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int holds;

    /// <summary>Done when the held read has found what it will give.</summary>
    public Task Read => read.Task;

    public void HoldNext() => Volatile.Write(ref holds, 1);

    public void Release() => released.SetResult();

    public async Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        bool isHeld = Interlocked.Exchange(ref holds, 0) == 1;
        Document? found = await inner.GetAsync(collection, partitionKey, rowKey, cancellationToken);
        if (isHeld)
        {
            read.SetResult();
            await released.Task;
        }

        return found;
    }

    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken) =>
        inner.WriteAsync(collection, partitionKey, write, cancellationToken);

    public Task<IReadOnlyList<string?>> CommitAsync(string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        inner.CommitAsync(collection, partitionKey, writes, cancellationToken);
}
