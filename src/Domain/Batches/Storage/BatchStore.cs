using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches.Storage;

/// <summary>Reads jobs, and changes them: read, decide without side effects, commit all or none, repeat when somebody else wrote.</summary>
internal sealed class BatchStore(IDocumentStore documents)
{
    public Task<Stored<BatchJob>?> FindAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        documents.ReadAsync(BatchKeys.Collection, BatchKeys.Partition(tenant), BatchKeys.Job(jobId), BatchJson.Default.BatchJob, cancellationToken);

    public async Task<ActiveBatches> ActiveAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await FindActiveAsync(tenant, cancellationToken))?.Value ?? ActiveBatches.None;

    /// <summary>Records a job. One that is there already is answered as it is.</summary>
    /// <exception cref="ProblemException"><c>batch_jobs_too_many</c>, <c>write_contention</c>.</exception>
    public async Task<BatchJob> AddAsync(TenantId tenant, BatchJob job, int maxActive, CancellationToken cancellationToken)
    {
        // Before the job itself: an entry too many costs a look, one too few would lose sight of the job.
        DocumentWrite known = JsonDocuments.Upsert(DocumentKey.Of(tenant.Value), new BatchTenant(tenant.Value), BatchJson.Default.BatchTenant);
        await documents.WriteAsync(BatchKeys.Collection, BatchKeys.Tenants, known, cancellationToken);
        return await Contention.RetryAsync(token => AddOnceAsync(tenant, job, maxActive, token), cancellationToken);
    }

    /// <summary>Changes a job.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="decide">Pure; called again after a conflict. Null changes nothing.</param>
    /// <param name="cancellationToken">Observed between attempts.</param>
    /// <returns>The job as it is then, and whether this call changed it; null when there is none.</returns>
    /// <exception cref="ProblemException"><c>write_contention</c>, or what <paramref name="decide"/> throws.</exception>
    public Task<BatchChange?> ChangeAsync(TenantId tenant, string jobId, Func<BatchJob, BatchJob?> decide, CancellationToken cancellationToken) =>
        Contention.RetryAsync(token => ChangeOnceAsync(tenant, jobId, decide, token), cancellationToken);

    /// <summary>Counts the end of a stretch; one that has ended already, or whose job is over, counts no more.</summary>
    public Task<BatchChange?> CountAsync(TenantId tenant, string jobId, ChunkRecord chunk, FailedRows? setAside, CancellationToken cancellationToken) =>
        Contention.RetryAsync(token => CountOnceAsync(tenant, jobId, chunk, setAside, token), cancellationToken);

    public async Task<ChunkRecord?> FindChunkAsync(TenantId tenant, string jobId, int index, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(BatchKeys.Collection, BatchKeys.Partition(tenant), BatchKeys.Chunk(jobId, index), BatchJson.Default.ChunkRecord, cancellationToken))?.Value;

    /// <summary>The ends of a job's stretches, in their order.</summary>
    public IAsyncEnumerable<Stored<ChunkRecord>> ChunksAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        documents.ReadAllAsync(BatchKeys.Chunks(tenant, jobId), BatchJson.Default.ChunkRecord, cancellationToken);

    public Task<ResultPage<BatchPointer>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        documents.ReadPageAsync(BatchKeys.Jobs(tenant), page, BatchJson.Default.BatchPointer, cancellationToken);

    public IAsyncEnumerable<Stored<BatchPointer>> ListBeforeAsync(TenantId tenant, DateTimeOffset moment, CancellationToken cancellationToken) =>
        documents.ReadAllAsync(BatchKeys.JobsBefore(tenant, moment), BatchJson.Default.BatchPointer, cancellationToken);

    public IAsyncEnumerable<Stored<BatchTenant>> TenantsAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new DocumentQuery(BatchKeys.Collection, BatchKeys.Tenants), BatchJson.Default.BatchTenant, cancellationToken);

    /// <summary>Removes the records of a job's stretches, which are of no use once it is over.</summary>
    public async Task RemoveChunksAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        await foreach (Stored<ChunkRecord>[] some in ChunksAsync(tenant, jobId, cancellationToken).Chunk(DocumentLimits.MaxBatch).WithCancellation(cancellationToken))
        {
            await documents.CommitAsync(BatchKeys.Collection, BatchKeys.Partition(tenant), [.. some.Select(chunk => DocumentWrite.Delete(chunk.RowKey))], cancellationToken);
        }
    }

    /// <summary>Removes a job from sight.</summary>
    public Task RemoveAsync(TenantId tenant, BatchJob job, CancellationToken cancellationToken) => documents.CommitAsync(
        BatchKeys.Collection,
        BatchKeys.Partition(tenant),
        [DocumentWrite.Delete(BatchKeys.Job(job.Id)), DocumentWrite.Delete(BatchKeys.Newest(job))],
        cancellationToken);

    private Task<Stored<ActiveBatches>?> FindActiveAsync(TenantId tenant, CancellationToken cancellationToken) =>
        documents.ReadAsync(BatchKeys.Collection, BatchKeys.Partition(tenant), BatchKeys.Active, BatchJson.Default.ActiveBatches, cancellationToken);

    private async Task<BatchJob> AddOnceAsync(TenantId tenant, BatchJob job, int maxActive, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, job.Id, cancellationToken) is { } known)
        {
            return known.Value;
        }

        Stored<ActiveBatches>? active = await FindActiveAsync(tenant, cancellationToken);
        IReadOnlyList<string> ids = active?.Value.JobIds ?? [];
        if (ids.Count >= maxActive)
        {
            throw BatchProblems.TooManyJobs(maxActive);
        }

        await documents.CommitAsync(
            BatchKeys.Collection,
            BatchKeys.Partition(tenant),
            [
                JsonDocuments.Insert(BatchKeys.Job(job.Id), job, BatchJson.Default.BatchJob),
                JsonDocuments.Insert(BatchKeys.Newest(job), new BatchPointer(job.Id), BatchJson.Default.BatchPointer),
                JsonDocuments.InsertOrReplace(BatchKeys.Active, new ActiveBatches([.. ids, job.Id]), active, BatchJson.Default.ActiveBatches),
            ],
            cancellationToken);
        return job;
    }

    private async Task<BatchChange?> ChangeOnceAsync(TenantId tenant, string jobId, Func<BatchJob, BatchJob?> decide, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, jobId, cancellationToken) is not { } stored)
        {
            return null;
        }

        if (decide(stored.Value) is not { } changed)
        {
            return new BatchChange(stored.Value, ByThisCall: false);
        }

        List<DocumentWrite> writes = [JsonDocuments.Replace(BatchKeys.Job(jobId), changed, stored.ETag, BatchJson.Default.BatchJob)];
        if (changed.IsOver && !stored.Value.IsOver && await FindActiveAsync(tenant, cancellationToken) is { } active)
        {
            ActiveBatches others = new([.. active.Value.JobIds.Where(id => id != jobId)]);
            writes.Add(JsonDocuments.Replace(BatchKeys.Active, others, active.ETag, BatchJson.Default.ActiveBatches));
        }

        await documents.CommitAsync(BatchKeys.Collection, BatchKeys.Partition(tenant), writes, cancellationToken);
        return new BatchChange(changed, ByThisCall: true);
    }

    private async Task<BatchChange?> CountOnceAsync(TenantId tenant, string jobId, ChunkRecord chunk, FailedRows? setAside, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, jobId, cancellationToken) is not { } stored)
        {
            return null;
        }

        if (stored.Value.IsOver || await FindChunkAsync(tenant, jobId, chunk.Index, cancellationToken) is not null)
        {
            return new BatchChange(stored.Value, ByThisCall: false);
        }

        BatchJob job = stored.Value;
        BatchJob counted = job with
        {
            CompletedItems = job.CompletedItems + chunk.Predicted,
            FailedItems = job.FailedItems + chunk.Failed,
            ChunksDone = job.ChunksDone + 1,
            FailedRows = setAside is null || job.FailedRows.Count >= BatchJob.MaxFailedRowsShown ? job.FailedRows : [.. job.FailedRows, setAside],
        };
        await documents.CommitAsync(
            BatchKeys.Collection,
            BatchKeys.Partition(tenant),
            [
                JsonDocuments.Replace(BatchKeys.Job(jobId), counted, stored.ETag, BatchJson.Default.BatchJob),
                JsonDocuments.Insert(BatchKeys.Chunk(jobId, chunk.Index), chunk, BatchJson.Default.ChunkRecord),
            ],
            cancellationToken);
        return new BatchChange(counted, ByThisCall: true);
    }
}
