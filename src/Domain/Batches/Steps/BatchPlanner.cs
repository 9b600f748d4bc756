using System.Text.Json;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Ports;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Ranges;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>Begins jobs: fetches rows that lie elsewhere, and cuts all rows into stretches. May be repeated. Thread safe.</summary>
/// <param name="resolver">Opens addresses.</param>
/// <param name="prepared">Reads models.</param>
/// <param name="ending">Ends jobs that cannot begin.</param>
/// <param name="blobs">Where files are.</param>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="options">How rows are cut.</param>
/// <param name="datasets">How large content from outside may be.</param>
/// <param name="time">The clock.</param>
public sealed class BatchPlanner(
    DatasetResolver resolver, PreparedBatches prepared, BatchEnding ending, IBlobStore blobs, IDocumentStore documents, BatchOptions options, DatasetOptions datasets, TimeProvider time)
{
    private readonly BatchStore store = new(documents);

    /// <summary>Begins a job. What its rows or its model are to blame for ends it.</summary>
    public async Task<BatchBeginning> BeginAsync(BatchKey key, CancellationToken cancellationToken)
    {
        BatchChange? begun = await store.ChangeAsync(
            key.TenantId, key.JobId, job => job.IsWanted && job.Status == BatchStatus.Queued ? job with { Status = BatchStatus.Running, StartedAt = time.GetUtcNow() } : null, cancellationToken);
        if (begun is not { Job: { IsWanted: true } job })
        {
            return BatchBeginning.Nothing;
        }

        try
        {
            return job.Chunks > 0 ? Beginning(job) : await PlanAsync(key, job, cancellationToken);
        }
        catch (Exception failure) when (FinalFailure.Of(failure) is { } final)
        {
            await ending.EndAsync(key, BatchStatus.Failed, final, cancellationToken);
            return BatchBeginning.Nothing;
        }
    }

    private async Task<BatchBeginning> PlanAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        BatchSource source = job.Source.Content is null ? await FetchAsync(key, job.Source, cancellationToken) : job.Source;
        RowOutline outline = await OutlineAsync(source, cancellationToken);
        ColumnRules.Check(await prepared.ReadModelAsync(key, job, cancellationToken), job.Source.Uri is null ? [] : outline.Columns, job.IdColumn);
        BatchPlan plan = new(outline.Columns, outline.Delimiter, outline.Ranges);
        using MemoryStream json = new(JsonSerializer.SerializeToUtf8Bytes(plan, BatchJson.Default.BatchPlan));
        await blobs.WriteAsync(BatchKeys.Container, BatchKeys.Plan(key), json, overwrite: true, cancellationToken);
        BatchChange? planned = await store.ChangeAsync(
            key.TenantId,
            key.JobId,
            now => now.IsOver || now.Chunks > 0 ? null : now with { Source = source, TotalItems = outline.Rows, Chunks = outline.Ranges.Count },
            cancellationToken);
        return planned is { Job: { IsWanted: true } wanted } ? Beginning(wanted) : BatchBeginning.Nothing;
    }

    private BatchBeginning Beginning(BatchJob job) => new(Proceed: true, job.Chunks, options.MaxParallelChunks);

    // What is fetched is what the job is of, whatever becomes of the place it was fetched from.
    private async Task<BatchSource> FetchAsync(BatchKey key, BatchSource source, CancellationToken cancellationToken)
    {
        await using DatasetContent content = await resolver.OpenAsync(key.TenantId, source.Uri, cancellationToken);
        await using Stream text = GzipText.DecompressIfGzip(content.Stream);
        await using MeasuredStream measured = new(text, datasets.MaxUploadBytes, datasets.Limits.MaxLineBytes);
        BatchBlob blob = new(BatchKeys.Container, BatchKeys.Source(key));
        await blobs.WriteAsync(blob.Container, blob.Path, measured, overwrite: true, cancellationToken);
        return source with { Sha256 = measured.Sha256(), Bytes = measured.BytesRead, Content = blob };
    }

    private async Task<RowOutline> OutlineAsync(BatchSource source, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenReadAsync(source.Content!.Container, source.Content.Path, cancellationToken) ?? throw BatchProblems.SourceGone();
        await using MeasuredStream measured = new(content, source.Bytes ?? long.MaxValue, int.MaxValue);
        ReadLimits limits = datasets.Limits with { MaxRows = options.MaxRows, MaxTotalBytes = Math.Max(datasets.Limits.MaxTotalBytes, source.Bytes ?? 0) };
        RowOutline outline = source.Format == DatasetFormat.Csv
            ? await CsvOutline.ReadAsync(measured, CsvOptions.Default with { Limits = limits }, options.ChunkBytes, cancellationToken)
            : await NdjsonOutline.ReadAsync(measured, limits, options.ChunkBytes, cancellationToken);
        return measured.Sha256() == source.Sha256 ? outline : throw BatchProblems.SourceGone();
    }
}
