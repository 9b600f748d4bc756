using System.Buffers;
using System.Runtime.InteropServices;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Learning.Data.Ranges;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>
/// Predicts stretches of rows. Each may be predicted more than once, by several hosts: the file of its results is the same
/// every time, and the record of its end is written once. Thread safe.
/// </summary>
/// <param name="prepared">Plans and models.</param>
/// <param name="blobs">Where files are.</param>
/// <param name="documents">Where ends are recorded.</param>
public sealed class ChunkPredictor(PreparedBatches prepared, IBlobStore blobs, IDocumentStore documents)
{
    /// <summary>Bytes of results per row that room is made for at first.</summary>
    private const int ResultBytes = 64;

    private readonly BatchStore store = new(documents);

    /// <summary>Predicts a stretch. What its rows or the model are to blame for sets it aside.</summary>
    /// <param name="key">The job.</param>
    /// <param name="index">The stretch, from 0.</param>
    /// <param name="cancellationToken">Observed every few hundred rows.</param>
    /// <returns>False when the job is over or no longer wanted.</returns>
    public async Task<bool> PredictAsync(BatchKey key, int index, CancellationToken cancellationToken)
    {
        if ((await store.FindAsync(key.TenantId, key.JobId, cancellationToken))?.Value is not { IsWanted: true } job)
        {
            return false;
        }

        if (await store.FindChunkAsync(key.TenantId, key.JobId, index, cancellationToken) is not null)
        {
            return true;
        }

        try
        {
            await PredictAsync(key, job, index, cancellationToken);
            return true;
        }
        catch (Exception failure) when (FinalFailure.Of(failure) is { } final)
        {
            return await SetAsideAsync(key, index, final, cancellationToken);
        }
    }

    /// <summary>Sets a stretch aside: its rows are told of as failed, and the job goes on.</summary>
    /// <param name="key">The job.</param>
    /// <param name="index">The stretch, from 0.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when the job is over or no longer wanted.</returns>
    public async Task<bool> SetAsideAsync(BatchKey key, int index, BatchFailure failure, CancellationToken cancellationToken)
    {
        if ((await store.FindAsync(key.TenantId, key.JobId, cancellationToken))?.Value is not { IsWanted: true } job)
        {
            return false;
        }

        PreparedBatch batch = await prepared.GetAsync(key, job, cancellationToken);
        RowRange range = batch.Plan.Ranges[index];
        ArrayBufferWriter<byte> lines = new();
        ResultWriter writer = ResultWriter.Create(batch.Layout, lines, range.FirstRow);
        RowFault fault = new(failure.Code, failure.Detail, failure.Field);
        for (int row = 0; row < range.Rows; row++)
        {
            writer.Take([], [], fault);
        }

        string path = BatchKeys.FailedPart(key, index);
        await WriteAsync(path, lines, cancellationToken);
        ChunkRecord chunk = new(index, path, lines.WrittenCount, 0, range.Rows);
        await store.CountAsync(key.TenantId, key.JobId, chunk, new FailedRows(range.FirstRow, range.Rows, failure), cancellationToken);
        return true;
    }

    private async Task PredictAsync(BatchKey key, BatchJob job, int index, CancellationToken cancellationToken)
    {
        PreparedBatch batch = await prepared.GetAsync(key, job, cancellationToken);
        RowRange range = batch.Plan.Ranges[index];
        ArrayBufferWriter<byte> lines = new(range.Rows * ResultBytes);
        ResultWriter writer = ResultWriter.Create(batch.Layout, lines, range.FirstRow);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(range.Bytes + CsvScorer.Slack);
        try
        {
            await ReadAsync(job.Source.Content!, range, buffer, cancellationToken);
            if (batch.Score(buffer, range.Bytes, writer, cancellationToken) != range.Rows)
            {
                throw BatchProblems.SourceGone();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        string path = BatchKeys.Part(key, index);
        await WriteAsync(path, lines, cancellationToken);
        ChunkRecord chunk = new(index, path, lines.WrittenCount, range.Rows - writer.FailedRows, writer.FailedRows);
        await store.CountAsync(key.TenantId, key.JobId, chunk, setAside: null, cancellationToken);
    }

    private async Task ReadAsync(BatchBlob source, RowRange range, byte[] buffer, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenRangeAsync(source.Container, source.Path, range.Start, range.Bytes, cancellationToken) ?? throw BatchProblems.SourceGone();
        if (await content.ReadAtLeastAsync(buffer.AsMemory(0, range.Bytes), range.Bytes, throwOnEndOfStream: false, cancellationToken) < range.Bytes)
        {
            throw BatchProblems.SourceGone();
        }
    }

    private async Task WriteAsync(string path, ArrayBufferWriter<byte> lines, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(lines.WrittenMemory, out ArraySegment<byte> bytes);
        using MemoryStream content = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        await blobs.WriteAsync(BatchKeys.Container, path, content, overwrite: true, cancellationToken);
    }
}
