using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Removal;

/// <summary>The marks of work under way, of all tenants in one place. Thread safe.</summary>
internal sealed class Leftovers(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Marks that files of deleted versions are about to go.</summary>
    public Task<Stored<Leftover>> MarkAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        MarkAsync(RegistryKeys.Leftover(tenant, name), new Leftover(tenant.Value, name, time.GetUtcNow()), cancellationToken);

    /// <summary>Marks that a file is about to be written, which a version shall refer to.</summary>
    public Task<Stored<Leftover>> MarkAsync(TenantId tenant, string name, LeftoverUpload upload, CancellationToken cancellationToken) => MarkAsync(
        RegistryKeys.Leftover(tenant, name, upload.OperationId), new Leftover(tenant.Value, name, time.GetUtcNow()) { Upload = upload }, cancellationToken);

    /// <summary>Removes a mark, unless somebody else has set it again since.</summary>
    public Task UnmarkAsync(Stored<Leftover> mark, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(RegistryKeys.LeftoverCollection, RegistryKeys.LeftoverPartition, mark, cancellationToken);

    /// <summary>Every mark.</summary>
    public IAsyncEnumerable<Stored<Leftover>> AllAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new(RegistryKeys.LeftoverCollection, RegistryKeys.LeftoverPartition), RegistryJson.Default.Leftover, cancellationToken);

    private async Task<Stored<Leftover>> MarkAsync(string row, Leftover leftover, CancellationToken cancellationToken)
    {
        DocumentWrite mark = JsonDocuments.Upsert(row, leftover, RegistryJson.Default.Leftover);
        string? etag = await documents.WriteAsync(RegistryKeys.LeftoverCollection, RegistryKeys.LeftoverPartition, mark, cancellationToken);
        return new(row, leftover, etag!);
    }
}
