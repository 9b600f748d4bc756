using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Removes the log of a deleted model, and its secret. Thread safe, repeatable.</summary>
/// <param name="blobs">Where the log is.</param>
/// <param name="documents">Where the secret is.</param>
/// <param name="time">The clock.</param>
public sealed class PredictionLogRemoval(IBlobStore blobs, IDocumentStore documents, TimeProvider time) : IModelRemains
{
    /// <inheritdoc />
    public async Task RemoveAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        await foreach (BlobStat blob in blobs.ListAsync(LogSegmentName.Container, LogSegmentName.OfModel(tenant, model), cancellationToken))
        {
            await blobs.DeleteAsync(LogSegmentName.Container, blob.Path, cancellationToken);
        }

        await new ModelSecrets(documents, time).RemoveAsync(tenant, model, cancellationToken);
    }
}
