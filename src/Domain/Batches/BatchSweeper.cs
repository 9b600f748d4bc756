using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches;

/// <summary>Removes jobs that are past their retention, and files that crashes left. Thread safe, repeatable.</summary>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="blobs">Where files are.</param>
/// <param name="ending">Removes jobs.</param>
/// <param name="options">How long things are kept.</param>
/// <param name="time">The clock.</param>
public sealed class BatchSweeper(IDocumentStore documents, IBlobStore blobs, BatchEnding ending, BatchOptions options, TimeProvider time)
{
    private readonly BatchStore store = new(documents);

    /// <summary>Sweeps every tenant.</summary>
    /// <returns>Jobs and files removed.</returns>
    public async Task<(int Jobs, int Files)> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int jobs = 0;
        await foreach (Stored<BatchTenant> entry in store.TenantsAsync(cancellationToken))
        {
            if (TenantId.TryParse(entry.Value.Tenant, out TenantId? tenant))
            {
                jobs += await RemoveExpiredAsync(tenant, now - options.Retention, cancellationToken);
            }
        }

        return (jobs, await RemoveOrphansAsync(now - options.OrphanAge, cancellationToken));
    }

    private async Task<int> RemoveExpiredAsync(TenantId tenant, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed = 0;
        await foreach (Stored<BatchPointer> pointer in store.ListBeforeAsync(tenant, before, cancellationToken))
        {
            if ((await store.FindAsync(tenant, pointer.Value.JobId, cancellationToken))?.Value is { IsOver: true } job && job.FinishedAt < before)
            {
                await ending.RemoveAsync(new BatchKey(tenant.Value, job.Id), job, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    // Files of jobs that were never recorded, or are over and keep only their results.
    private async Task<int> RemoveOrphansAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed = 0;
        await foreach (BlobStat blob in blobs.ListAsync(BatchKeys.Container, prefix: "", cancellationToken))
        {
            if (blob.LastModified < before && !await IsWantedAsync(blob.Path, cancellationToken))
            {
                removed += await blobs.DeleteAsync(BatchKeys.Container, blob.Path, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    private async Task<bool> IsWantedAsync(string path, CancellationToken cancellationToken)
    {
        string[] parts = path.Split('/');
        if (parts.Length < 3 || !TenantId.TryParse(parts[0], out TenantId? tenant))
        {
            return false;
        }

        BatchKey key = new(tenant.Value, parts[1]);
        return (await store.FindAsync(tenant, key.JobId, cancellationToken))?.Value is { } job && (!job.IsOver || (job.Result is not null && path == BatchKeys.Results(key)));
    }
}
