using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Batches;

/// <summary>Removes files of jobs. Every call may be repeated. Thread safe.</summary>
/// <param name="blobs">Where they lie.</param>
public sealed class BatchFiles(IBlobStore blobs)
{
    /// <summary>Removes what a job that is over has no more use for: all but its results.</summary>
    public Task RemoveWorkAsync(BatchKey job, CancellationToken cancellationToken) => RemoveAsync(job, BatchKeys.Results(job), cancellationToken);

    /// <summary>Removes every file of a job.</summary>
    public Task RemoveAllAsync(BatchKey job, CancellationToken cancellationToken) => RemoveAsync(job, kept: null, cancellationToken);

    private async Task RemoveAsync(BatchKey job, string? kept, CancellationToken cancellationToken)
    {
        await foreach (BlobStat blob in blobs.ListAsync(BatchKeys.Container, BatchKeys.Folder(job), cancellationToken))
        {
            if (blob.Path != kept)
            {
                await blobs.DeleteAsync(BatchKeys.Container, blob.Path, cancellationToken);
            }
        }
    }
}
