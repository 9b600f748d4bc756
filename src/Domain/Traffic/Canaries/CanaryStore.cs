using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>The canaries of every model, and marks of those that are not over. Thread safe.</summary>
internal sealed class CanaryStore(IDocumentStore documents, TimeProvider time)
{
    private const string Collection = "canaries";
    private const string MarkCollection = "canarymarks";
    private const string MarkPartition = "all";
    private const string Last = "last";

    public Task<Stored<Canary>?> FindAsync(CanaryKey key, CancellationToken cancellationToken) =>
        documents.ReadAsync(Collection, Partition(key.Tenant, key.Model), Row(key.Id), CanaryJson.Default.Canary, cancellationToken);

    /// <summary>The last canary of a model; null when there was none.</summary>
    public async Task<(CanaryKey Key, Stored<Canary> Canary)?> FindLastAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        Stored<CanaryPointer>? pointer = await PointerAsync(tenant.Value, model, cancellationToken);
        CanaryKey? key = pointer is null ? null : new(tenant.Value, model, pointer.Value.Id);
        return key is not null && await FindAsync(key, cancellationToken) is { } canary ? (key, canary) : null;
    }

    /// <summary>Adds a canary, in place of one that is over, in one commit.</summary>
    /// <exception cref="Problems.ProblemException"><c>canary_running</c>.</exception>
    /// <exception cref="DocumentStoreException">Somebody else began one in the same moment.</exception>
    public async Task InsertAsync(CanaryKey key, Canary canary, CancellationToken cancellationToken)
    {
        Stored<CanaryPointer>? last = await PointerAsync(key.Tenant, key.Model, cancellationToken);
        if (last is not null && await FindAsync(key with { Id = last.Value.Id }, cancellationToken) is { Value.IsOver: false } running)
        {
            throw CanaryProblems.Running(key.Model, running.Value.Id);
        }

        DocumentWrite[] writes =
        [
            JsonDocuments.InsertOrReplace(Last, new CanaryPointer(key.Id), last, CanaryJson.Default.CanaryPointer),
            JsonDocuments.Insert(Row(key.Id), canary, CanaryJson.Default.Canary),
        ];
        await documents.CommitAsync(Collection, Partition(key.Tenant, key.Model), writes, cancellationToken);
    }

    /// <exception cref="DocumentStoreException">Somebody else changed it.</exception>
    public async Task<Stored<Canary>> ReplaceAsync(CanaryKey key, Stored<Canary> current, Canary changed, CancellationToken cancellationToken)
    {
        DocumentWrite write = JsonDocuments.Replace(current.RowKey, changed, current.ETag, CanaryJson.Default.Canary);
        string? etag = await documents.WriteAsync(Collection, Partition(key.Tenant, key.Model), write, cancellationToken);
        return new Stored<Canary>(current.RowKey, changed, etag!);
    }

    public Task MarkAsync(CanaryKey key, CancellationToken cancellationToken) => documents.WriteAsync(
        MarkCollection, MarkPartition, JsonDocuments.Upsert(Row(key.Id), new CanaryMark(key, time.GetUtcNow()), CanaryJson.Default.CanaryMark), cancellationToken);

    public Task UnmarkAsync(CanaryKey key, CancellationToken cancellationToken) =>
        documents.WriteAsync(MarkCollection, MarkPartition, DocumentWrite.Delete(Row(key.Id)), cancellationToken);

    /// <summary>Removes a mark as it was seen.</summary>
    public Task UnmarkAsync(Stored<CanaryMark> mark, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(MarkCollection, MarkPartition, mark, cancellationToken);

    public IAsyncEnumerable<Stored<CanaryMark>> MarksAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new(MarkCollection, MarkPartition), CanaryJson.Default.CanaryMark, cancellationToken);

    private static string Partition(string tenant, string model) => DocumentKey.Of(tenant, model);

    private static string Row(string id) => DocumentKey.Of("c", id);

    private Task<Stored<CanaryPointer>?> PointerAsync(string tenant, string model, CancellationToken cancellationToken) =>
        documents.ReadAsync(Collection, Partition(tenant, model), Last, CanaryJson.Default.CanaryPointer, cancellationToken);
}
