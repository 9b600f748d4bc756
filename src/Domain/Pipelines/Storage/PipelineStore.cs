using System.Text.Json.Serialization.Metadata;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>Reads pipelines and runs, and changes them by one pattern: read, decide without side effects, commit all or none, repeat when somebody else wrote.</summary>
internal sealed class PipelineStore(IDocumentStore documents, PipelineIndices indices)
{
    public async Task<PipelineSnapshot> ReadAsync(TenantId tenant, string pipelineId, RunId? run, CancellationToken cancellationToken)
    {
        Stored<Pipeline>? pipeline = await FindAsync(tenant, PipelineKeys.Pipeline(pipelineId), PipelineJson.Default.Pipeline, cancellationToken);
        Stored<PipelineRun>? head = run is { } id
            ? await FindAsync(tenant, PipelineKeys.Run(pipelineId, id), PipelineJson.Default.PipelineRun, cancellationToken)
            : null;
        return new PipelineSnapshot(pipeline, head);
    }

    /// <summary>A run without its pipeline, which steps have no need of; null when there is none.</summary>
    public async Task<PipelineRun?> FindRunAsync(TenantId tenant, string pipelineId, RunId run, CancellationToken cancellationToken) =>
        (await FindAsync(tenant, PipelineKeys.Run(pipelineId, run), PipelineJson.Default.PipelineRun, cancellationToken))?.Value;

    /// <summary>The run that a request recorded before; null when it recorded none.</summary>
    public async Task<RunId?> FindRequestAsync(TenantId tenant, string pipelineId, string requestId, CancellationToken cancellationToken)
    {
        Stored<RunKey>? found = await FindAsync(tenant, PipelineKeys.Request(pipelineId, requestId), PipelineJson.Default.RunKey, cancellationToken);
        return RunId.TryParse(found?.Value.RunId, out RunId run) ? run : null;
    }

    /// <summary>Applies a rule.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="pipelineId">The pipeline.</param>
    /// <param name="run">The run that the rule looks at; null for none.</param>
    /// <param name="decide">Pure; called again with fresh state after a conflict. Null changes nothing.</param>
    /// <param name="cancellationToken">Observed between attempts.</param>
    /// <returns>What was committed; null when the rule wanted nothing.</returns>
    /// <exception cref="Problems.ProblemException"><c>write_contention</c>, or what the rule throws.</exception>
    public Task<PipelineChange?> ChangeAsync(
        TenantId tenant, string pipelineId, RunId? run, Func<PipelineSnapshot, PipelineChange?> decide, CancellationToken cancellationToken) =>
        Contention.RetryAsync<PipelineChange?>(
            async token =>
            {
                PipelineSnapshot before = await ReadAsync(tenant, pipelineId, run, token);
                PipelineChange? change = decide(before);
                if (change is not null)
                {
                    await CommitAsync(tenant, before, change, token);
                }

                return change;
            },
            cancellationToken);

    public Task<ResultPage<Pipeline>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        documents.ReadPageAsync(PipelineKeys.AllPipelines(tenant), page, PipelineJson.Default.Pipeline, cancellationToken);

    public Task<ResultPage<PipelineRun>> ListRunsAsync(TenantId tenant, string pipelineId, PageRequest page, CancellationToken cancellationToken) =>
        documents.ReadPageAsync(PipelineKeys.AllRuns(tenant, pipelineId), page, PipelineJson.Default.PipelineRun, cancellationToken);

    /// <summary>The metrics history, newest first.</summary>
    public Task<ResultPage<RunMetrics>> ListMetricsAsync(TenantId tenant, string pipelineId, PageRequest page, CancellationToken cancellationToken) =>
        documents.ReadPageAsync(PipelineKeys.AllMetrics(tenant, pipelineId), page, PipelineJson.Default.RunMetrics, cancellationToken);

    /// <summary>Removes a pipeline with its runs, their steps and its history; succeeds where parts are gone already.</summary>
    /// <remarks>From the leaves to the root, so that what is left after a crash leads to the rest.</remarks>
    /// <param name="tenant">The tenant.</param>
    /// <param name="pipelineId">The pipeline.</param>
    /// <param name="removeFiles">Removes the files of a run; told of each run at least once.</param>
    /// <param name="cancellationToken">Observed between steps; what is left can be removed by asking again.</param>
    public async Task RemoveAsync(TenantId tenant, string pipelineId, Func<RunKey, CancellationToken, Task> removeFiles, CancellationToken cancellationToken)
    {
        DocumentQuery runs = PipelineKeys.AllRuns(tenant, pipelineId);
        await foreach (Stored<PipelineRun> run in documents.ReadAllAsync(runs, PipelineJson.Default.PipelineRun, cancellationToken))
        {
            RunKey key = new(tenant.Value, pipelineId, run.Value.Id);
            await removeFiles(key, cancellationToken);
            await RemoveAllAsync(new DocumentQuery(PipelineKeys.Runs, PipelineKeys.StepPartition(key)), cancellationToken);
        }

        await RemoveAllAsync(runs, cancellationToken);
        await RemoveAllAsync(PipelineKeys.AllMetrics(tenant, pipelineId), cancellationToken);
        await RemoveAllAsync(PipelineKeys.AllRequests(tenant, pipelineId), cancellationToken);
        await documents.WriteAsync(PipelineKeys.Pipelines, PipelineKeys.Partition(tenant), DocumentWrite.Delete(PipelineKeys.Pipeline(pipelineId)), cancellationToken);
    }

    private async Task CommitAsync(TenantId tenant, PipelineSnapshot before, PipelineChange change, CancellationToken cancellationToken)
    {
        // An entry of an index is written before what it points to and removed after: a crash leaves an entry too many,
        // which whoever reads it finds stale, but never one too few.
        await indices.AddAsync(tenant, before, change, cancellationToken);
        List<DocumentWrite> writes = Writes(tenant, before, change);
        if (change.Run is { } run && run.Status.IsEnd())
        {
            Stored<RunTally>? tally = await FindAsync(tenant, PipelineKeys.Tally, PipelineJson.Default.RunTally, cancellationToken);
            RunTally counted = (tally?.Value ?? RunTally.None).Plus(run.Status);
            writes.Add(JsonDocuments.InsertOrReplace(PipelineKeys.Tally, counted, tally, PipelineJson.Default.RunTally));
        }

        await documents.CommitAsync(PipelineKeys.Pipelines, PipelineKeys.Partition(tenant), writes, cancellationToken);
        await indices.RemoveAsync(tenant, change, cancellationToken);
    }

    private static List<DocumentWrite> Writes(TenantId tenant, PipelineSnapshot before, PipelineChange change)
    {
        List<DocumentWrite> writes = [];
        if (change.Pipeline is { } pipeline)
        {
            writes.Add(JsonDocuments.InsertOrReplace(PipelineKeys.Pipeline(pipeline.Id), pipeline, before.StoredPipeline, PipelineJson.Default.Pipeline));
        }

        if (change.Run is { } run && RunId.TryParse(run.Id, out RunId id))
        {
            writes.Add(JsonDocuments.InsertOrReplace(PipelineKeys.Run(run.PipelineId, id), run, before.StoredRun, PipelineJson.Default.PipelineRun));
            if (change.Metrics is { } metrics)
            {
                writes.Add(JsonDocuments.Upsert(PipelineKeys.Metrics(run.PipelineId, id), metrics, PipelineJson.Default.RunMetrics));
            }

            if (change.RequestId is { } request)
            {
                RunKey key = new(tenant.Value, run.PipelineId, run.Id);
                writes.Add(JsonDocuments.Upsert(PipelineKeys.Request(run.PipelineId, request), key, PipelineJson.Default.RunKey));
            }
        }

        return writes;
    }

    private Task<Stored<T>?> FindAsync<T>(TenantId tenant, string rowKey, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        documents.ReadAsync(PipelineKeys.Pipelines, PipelineKeys.Partition(tenant), rowKey, type, cancellationToken);

    private async Task RemoveAllAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentPage page;
        do
        {
            page = await documents.QueryAsync(query with { PageSize = DocumentLimits.MaxBatch }, cancellationToken);
            if (page.Documents.Count > 0)
            {
                DocumentWrite[] deletes = [.. page.Documents.Select(document => DocumentWrite.Delete(document.RowKey))];
                await documents.CommitAsync(query.Collection, query.PartitionKey, deletes, cancellationToken);
            }
        }
        while (page.Continuation is not null);
    }
}
