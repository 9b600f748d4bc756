using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Removes segments past their retention, and those of deleted models that some host wrote late. Thread safe, repeatable.</summary>
/// <param name="blobs">Where segments are.</param>
/// <param name="documents">Where models are.</param>
/// <param name="options">How long rows are kept.</param>
/// <param name="time">The clock.</param>
public sealed class PredictionLogSweeper(IBlobStore blobs, IDocumentStore documents, PredictionLogOptions options, TimeProvider time)
{
    /// <summary>Sweeps every tenant.</summary>
    /// <returns>Segments removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        // The newest row of a segment is of its hour.
        DateTimeOffset before = time.GetUtcNow() - options.Retention - TimeSpan.FromHours(1);
        (TenantId Tenant, string Model)? last = null;
        bool isKept = false;
        int removed = 0;
        await foreach (BlobStat blob in blobs.ListAsync(LogSegmentName.Container, prefix: "", cancellationToken))
        {
            if (!LogSegmentName.TryParse(blob.Path, out TenantId? tenant, out string model, out LogSegmentName name))
            {
                continue;
            }

            if (last != (tenant, model))
            {
                // Segments of one model come one after the other.
                (last, isKept) = ((tenant, model), await IsKeptAsync(tenant, model, cancellationToken));
            }

            if (!isKept || name.Hour < before)
            {
                removed += await blobs.DeleteAsync(LogSegmentName.Container, blob.Path, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    private async Task<bool> IsKeptAsync(TenantId tenant, string model, CancellationToken cancellationToken) =>
        await new ModelRecords(documents, tenant, model).FindHeadAsync(cancellationToken) is { Value.Deletion: null };
}
