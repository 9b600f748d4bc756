using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Serving;

/// <summary>A store that is away, or does not answer, whenever a test says so.</summary>
internal sealed class FailingDocumentStore(IDocumentStore inner) : IDocumentStore
{
    public bool Fails { get; set; }

    /// <summary>What reads wait for.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    /// <summary>Single documents read so far.</summary>
    public int Reads { get; private set; }

    private IDocumentStore Inner => Fails ? throw new StorageUnavailableException("The store is away.") : inner;

    public async Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        Reads++;
        await Answers.WaitAsync(cancellationToken);
        return await Inner.GetAsync(collection, partitionKey, rowKey, cancellationToken);
    }

    public async Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        await Answers.WaitAsync(cancellationToken);
        return await Inner.QueryAsync(query, cancellationToken);
    }

    public Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken) =>
        Inner.WriteAsync(collection, partitionKey, write, cancellationToken);

    public Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        Inner.CommitAsync(collection, partitionKey, writes, cancellationToken);
}
