using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Datasets;

/// <summary>Removes content that no version refers to: left by crashes between content and commit, or by deletions. Thread safe, repeatable.</summary>
public sealed class DatasetSweeper(IDocumentStore documents, IBlobStore blobs, TimeProvider time, DatasetOptions options)
{
    // Path of a blob: tenant/name/content/file.
    private const int PathParts = 4;

    /// <summary>Sweeps every tenant.</summary>
    /// <returns>The number of blobs removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - options.OrphanAge;
        int removed = 0;
        await foreach (BlobStat blob in blobs.ListAsync(DatasetKeys.Container, prefix: "", cancellationToken))
        {
            if (blob.LastModified < before && !await IsReferredToAsync(blob.Path, cancellationToken))
            {
                removed += await blobs.DeleteAsync(DatasetKeys.Container, blob.Path, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    private async Task<bool> IsReferredToAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Split('/') is not { Length: PathParts } parts || !TenantId.TryParse(parts[0], out TenantId? tenant))
        {
            return false;
        }

        string partition = DatasetKeys.Dataset(tenant, parts[1]);
        Stored<DatasetHead>? head = await documents.ReadAsync(DatasetKeys.Collection, partition, DatasetKeys.Head, DatasetJson.Default.DatasetHead, cancellationToken);
        Stored<VersionPointer>? pointer = await documents.ReadAsync(
            DatasetKeys.Collection, partition, DatasetKeys.ByContent(parts[2]), DatasetJson.Default.VersionPointer, cancellationToken);
        return head is not null && pointer is not null && pointer.Value.Version >= head.Value.FirstVersion;
    }
}
