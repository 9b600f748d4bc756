using System.Text.Json;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Reads the results of jobs that are over. Thread safe.</summary>
/// <param name="blobs">Where they are.</param>
public sealed class BatchResults(IBlobStore blobs)
{
    /// <summary>A page of results, in the order of the rows.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>, <c>batch_not_over</c>, <c>batch_without_results</c>, <c>batch_results_gone</c>.</exception>
    public async Task<ResultPage<ResultRow>> ReadAsync(TenantId tenant, BatchJob job, PageRequest page, CancellationToken cancellationToken)
    {
        ResultContinuation from = ResultContinuation.Read(page.Continuation);
        BatchResult result = Require(job);
        if (from.Offset >= result.Bytes)
        {
            throw PageRequest.InvalidContinuation();
        }

        try
        {
            return await ReadAsync(new BatchKey(tenant.Value, job.Id), job, from, page.Limit, cancellationToken);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or JsonException)
        {
            // A continuation that somebody altered leads into the middle of a row; only from the beginning is it the file.
            throw from == ResultContinuation.First ? BatchProblems.ResultsGone(job) : PageRequest.InvalidContinuation(damaged);
        }
    }

    /// <summary>Opens the whole file; the caller disposes it.</summary>
    /// <exception cref="ProblemException"><c>batch_not_over</c>, <c>batch_without_results</c>, <c>batch_results_gone</c>.</exception>
    public async Task<(Stream Content, BatchResult Result)> OpenAsync(TenantId tenant, BatchJob job, CancellationToken cancellationToken)
    {
        BatchResult result = Require(job);
        Stream content = await blobs.OpenReadAsync(BatchKeys.Container, BatchKeys.Results(new BatchKey(tenant.Value, job.Id)), cancellationToken) ?? throw BatchProblems.ResultsGone(job);
        return (content, result);
    }

    private static BatchResult Require(BatchJob job) => job switch
    {
        { IsOver: false } => throw BatchProblems.NotOver(job),
        { Result: { } result } => result,
        _ => throw BatchProblems.WithoutResults(job),
    };

    private async Task<ResultPage<ResultRow>> ReadAsync(BatchKey key, BatchJob job, ResultContinuation from, int limit, CancellationToken cancellationToken)
    {
        bool isCsv = job.Format == ResultFormat.Csv;
        List<string> columns = isCsv ? await ColumnsAsync(key, job, cancellationToken) : [];
        await using Stream content = await OpenFromAsync(key, job, from.Offset, cancellationToken);
        ResultRecords records = new(content, isCsv);
        if (isCsv && from.Offset == 0)
        {
            await records.TakeAsync(cancellationToken);
        }

        List<ResultRow> rows = [];
        while (rows.Count < limit && await records.TakeAsync(cancellationToken) is { } record)
        {
            ResultRow row = isCsv ? CsvResultReader.Row(columns, CsvResultReader.Fields(record.Span), job.Model.PredictsNumbers) : JsonSerializer.Deserialize(record.Span, BatchJson.Default.ResultRow)!;
            rows.Add(row.Row == from.Row + rows.Count ? row : throw new InvalidDataException("The rows of the results are not in order."));
        }

        ResultContinuation next = new(from.Offset + records.BytesTaken, from.Row + rows.Count);
        return new(rows, next.Offset < job.Result!.Bytes ? next.ToString() : null);
    }

    private async Task<List<string>> ColumnsAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        await using Stream content = await OpenFromAsync(key, job, 0, cancellationToken);
        return await new ResultRecords(content, quotes: true).TakeAsync(cancellationToken) is { } heading ? CsvResultReader.Fields(heading.Span) : throw BatchProblems.ResultsGone(job);
    }

    private async Task<Stream> OpenFromAsync(BatchKey key, BatchJob job, long offset, CancellationToken cancellationToken) =>
        await blobs.OpenRangeAsync(BatchKeys.Container, BatchKeys.Results(key), offset, job.Result!.Bytes, cancellationToken) ?? throw BatchProblems.ResultsGone(job);
}
