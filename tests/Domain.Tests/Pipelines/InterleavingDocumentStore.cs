using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Lets something else happen just before the n-th call of a store, so that every interleaving of two hosts can be walked.</summary>
internal sealed class InterleavingDocumentStore(IDocumentStore inner, int before, Func<Task> meanwhile) : IDocumentStore
{
    private int calls;

    public bool Reached { get; private set; }

    public async Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        await StepAsync();
        return await inner.GetAsync(collection, partitionKey, rowKey, cancellationToken);
    }

    public async Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        await StepAsync();
        return await inner.QueryAsync(query, cancellationToken);
    }

    public async Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken)
    {
        await StepAsync();
        return await inner.WriteAsync(collection, partitionKey, write, cancellationToken);
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        await StepAsync();
        return await inner.CommitAsync(collection, partitionKey, writes, cancellationToken);
    }

    private async Task StepAsync()
    {
        if (++calls == before)
        {
            Reached = true;
            await meanwhile();
        }
    }
}
