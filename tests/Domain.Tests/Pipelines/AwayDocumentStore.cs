using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Cannot be reached while it is told so.</summary>
internal sealed class AwayDocumentStore(IDocumentStore inner) : IDocumentStore
{
    private readonly TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAway { get; set; }

    /// <summary>Completes at the first call that came while it was away.</summary>
    public Task Refused => refused.Task;

    public Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        Here().GetAsync(collection, partitionKey, rowKey, cancellationToken);

    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) => Here().QueryAsync(query, cancellationToken);

    public Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken) =>
        Here().WriteAsync(collection, partitionKey, write, cancellationToken);

    public Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        Here().CommitAsync(collection, partitionKey, writes, cancellationToken);

    private IDocumentStore Here()
    {
        if (!IsAway)
        {
            return inner;
        }

        refused.TrySetResult();
        throw new StorageUnavailableException("The store is away.");
    }
}
