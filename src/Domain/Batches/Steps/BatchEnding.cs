using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>Ends jobs, and clears up behind them. May be repeated. Thread safe.</summary>
/// <param name="files">Removes files.</param>
/// <param name="blobs">Where results are written.</param>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="time">The clock.</param>
public sealed class BatchEnding(BatchFiles files, IBlobStore blobs, IDocumentStore documents, TimeProvider time)
{
    private readonly BatchStore store = new(documents);

    /// <summary>Puts the results of all stretches together and ends the job; one whose cancellation was asked for is cancelled.</summary>
    /// <returns>How the job ended; null when it is gone.</returns>
    /// <exception cref="InvalidOperationException">A stretch is not over.</exception>
    public async Task<BatchStatus?> FinishAsync(BatchKey key, CancellationToken cancellationToken)
    {
        if ((await store.FindAsync(key.TenantId, key.JobId, cancellationToken))?.Value is not { IsOver: false } job)
        {
            // Over, or gone: what an interrupted call left is cleared up all the same.
            return await EndAsync(key, BatchStatus.Failed, null, cancellationToken);
        }

        if (!job.IsWanted)
        {
            return await EndAsync(key, BatchStatus.Cancelled, null, cancellationToken);
        }

        try
        {
            BatchResult result = await AssembleAsync(key, job, cancellationToken);
            return await EndAsync(key, now => Completed(now, result), cancellationToken);
        }
        catch (ProblemException gone) when (FinalFailure.Of(gone) is { } failure)
        {
            return await EndAsync(key, BatchStatus.Failed, failure, cancellationToken);
        }
    }

    /// <summary>Ends a job without results; one that is over stays as it is.</summary>
    /// <param name="key">The job.</param>
    /// <param name="outcome">Failed or cancelled; one whose cancellation was asked for is cancelled.</param>
    /// <param name="failure">Why it failed; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; what is left is done by asking again.</param>
    /// <returns>How the job ended; null when it is gone.</returns>
    public Task<BatchStatus?> EndAsync(BatchKey key, BatchStatus outcome, BatchFailure? failure, CancellationToken cancellationToken) =>
        EndAsync(
            key,
            job => job.CancelRequestedAt is null ? job with { Status = outcome, Failure = failure } : job with { Status = BatchStatus.Cancelled },
            cancellationToken);

    /// <summary>Removes a job that is over, with its results.</summary>
    public async Task RemoveAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        await store.RemoveAsync(key.TenantId, job, cancellationToken);
        await store.RemoveChunksAsync(key.TenantId, key.JobId, cancellationToken);
        await files.RemoveAllAsync(key, cancellationToken);
    }

    private static BatchJob Completed(BatchJob job, BatchResult result) => job.CompletedItems > 0
        ? job with { Status = BatchStatus.Completed, Result = result }
        : job with
        {
            Status = BatchStatus.Failed,
            Result = result,
            Failure = job.FailedRows.Count > 0 ? job.FailedRows[0].Failure : new BatchFailure("batch_rows_all_failed", "Not one row could be predicted; the results say of each why."),
        };

    private async Task<BatchStatus?> EndAsync(BatchKey key, Func<BatchJob, BatchJob> end, CancellationToken cancellationToken)
    {
        BatchChange? change = await store.ChangeAsync(
            key.TenantId, key.JobId, job => job.IsOver ? null : end(job) with { FinishedAt = time.GetUtcNow() }, cancellationToken);
        if (change is null)
        {
            await files.RemoveAllAsync(key, cancellationToken);
            return null;
        }

        if (change.Job.IsRemovalAsked)
        {
            await RemoveAsync(key, change.Job, cancellationToken);
        }
        else
        {
            await store.RemoveChunksAsync(key.TenantId, key.JobId, cancellationToken);
            await (change.Job.Result is null ? files.RemoveAllAsync(key, cancellationToken) : files.RemoveWorkAsync(key, cancellationToken));
        }

        return change.Job.Status;
    }

    private async Task<BatchResult> AssembleAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        ChunkRecord[] parts = await store.ChunksAsync(key.TenantId, key.JobId, cancellationToken).Select(chunk => chunk.Value).ToArrayAsync(cancellationToken);
        if (parts.Length != job.Chunks)
        {
            throw new InvalidOperationException($"Job {job.Id} is to be finished, and only {parts.Length} of its {job.Chunks} stretches are over.");
        }

        await using PartsStream whole = new(blobs, parts);
        await blobs.WriteAsync(BatchKeys.Container, BatchKeys.Results(key), whole, overwrite: true, cancellationToken);
        return new BatchResult(whole.BytesRead, whole.Sha256());
    }
}
