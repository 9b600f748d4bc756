using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Idempotency;

/// <summary>Removes what is remembered of requests past <see cref="IdempotencyLedger.Retention"/>: their keys count as new already. Thread safe, repeatable.</summary>
/// <param name="documents">Where requests are remembered.</param>
/// <param name="time">The clock.</param>
public sealed class IdempotencySweeper(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Sweeps every tenant.</summary>
    /// <returns>The number of records removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - IdempotencyLedger.Retention;
        int removed = 0;
        DocumentQuery tenants = new(IdempotencyKeys.Collection, IdempotencyKeys.Tenants);
        await foreach (Stored<IdempotencyTenant> entry in documents.ReadAllAsync(tenants, IdempotencyJson.Default.IdempotencyTenant, cancellationToken))
        {
            if (TenantId.TryParse(entry.Value.Tenant, out TenantId? tenant))
            {
                removed += await SweepAsync(IdempotencyKeys.Partition(tenant), before, cancellationToken);
            }
        }

        return removed;
    }

    private async Task<int> SweepAsync(string partition, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int removed = 0;
        DocumentQuery all = new(IdempotencyKeys.Collection, partition);
        await foreach (Stored<IdempotencyRecord> record in documents.ReadAllAsync(all, IdempotencyJson.Default.IdempotencyRecord, cancellationToken))
        {
            if (record.Value.CreatedAt <= before)
            {
                removed += await RemoveAsync(partition, record, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    // Only as it was read: its key may have come again in the meantime, and is then remembered anew.
    private async Task<bool> RemoveAsync(string partition, Stored<IdempotencyRecord> record, CancellationToken cancellationToken)
    {
        try
        {
            await documents.WriteAsync(IdempotencyKeys.Collection, partition, DocumentWrite.Delete(record.RowKey, record.ETag), cancellationToken);
            return true;
        }
        catch (DocumentStoreException changed) when (Contention.IsConflict(changed))
        {
            return false;
        }
    }
}
