using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches;

/// <summary>Reads prediction jobs, cancels and removes them. Thread safe.</summary>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="ending">Ends and removes them.</param>
/// <param name="time">The clock.</param>
public sealed class BatchService(IDocumentStore documents, BatchEnding ending, TimeProvider time)
{
    private readonly BatchStore store = new(documents);

    /// <summary>A job.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>batch_not_found</c>.</exception>
    public async Task<BatchJob> GetAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        ResourceName.Require(jobId, "job_id");
        return (await store.FindAsync(tenant, jobId, cancellationToken))?.Value ?? throw BatchProblems.NotFound(jobId);
    }

    /// <summary>Jobs, newest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page that may have fewer jobs than were asked for while more follow.</returns>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<BatchJob>> ListAsync(TenantId tenant, BatchFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<BatchPointer> pointers = await store.ListAsync(tenant, page, cancellationToken);
        BatchJob?[] found = await Task.WhenAll(pointers.Items.Select(async pointer => (await store.FindAsync(tenant, pointer.JobId, cancellationToken))?.Value));
        return new([.. found.OfType<BatchJob>().Where(filter.Lets)], pointers.Continuation);
    }

    /// <summary>Asks for a job's cancellation, which is seen before the next stretch of its rows begins.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="remove">Whether it is to be removed with its results, once it is over.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The job as it is then.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>batch_not_found</c>; <c>batch_over</c>: there is nothing to cancel, and it is not to be removed.</exception>
    public async Task<BatchJob> CancelAsync(TenantId tenant, string jobId, bool remove, CancellationToken cancellationToken)
    {
        ResourceName.Require(jobId, "job_id");
        BatchChange change = await store.ChangeAsync(tenant, jobId, job => Cancelled(job, remove), cancellationToken) ?? throw BatchProblems.NotFound(jobId);
        if (change.Job.IsOver && remove)
        {
            await ending.RemoveAsync(new BatchKey(tenant.Value, jobId), change.Job, cancellationToken);
        }

        return change.Job;
    }

    private BatchJob? Cancelled(BatchJob job, bool remove)
    {
        if (job.IsOver)
        {
            return remove || job.Status == BatchStatus.Cancelled ? null : throw BatchProblems.Over(job);
        }

        BatchJob cancelled = job with { CancelRequestedAt = job.CancelRequestedAt ?? time.GetUtcNow(), IsRemovalAsked = job.IsRemovalAsked || remove };
        return cancelled == job ? null : cancelled;
    }
}
