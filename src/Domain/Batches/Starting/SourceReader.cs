using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Ranges;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Finds the rows of a job that is being started, and refuses those that its model cannot read. Thread safe.</summary>
/// <param name="catalog">Knows the columns of datasets.</param>
/// <param name="resolver">Opens addresses.</param>
/// <param name="blobs">Takes rows that came with a request.</param>
/// <param name="options">Bounds.</param>
public sealed class SourceReader(DatasetCatalog catalog, DatasetResolver resolver, IBlobStore blobs, BatchOptions options)
{
    /// <summary>The rows at an address: a dataset's version is settled on, anything else is fetched later.</summary>
    /// <exception cref="ProblemException">
    /// Those of <see cref="DatasetResolver.OpenAsync"/>, <c>batch_rows_too_many</c>, <c>batch_columns_missing</c>, <c>batch_id_column_missing</c>.
    /// </exception>
    /// <exception cref="Learning.LearningException">The head of the file cannot be read as its format.</exception>
    internal async Task<StartedSource> ReadAsync(BatchKey job, string uri, TabularModel model, string? idColumn, CancellationToken cancellationToken)
    {
        await using DatasetContent content = await resolver.OpenAsync(job.TenantId, uri, cancellationToken);
        if (content.Version is { } version)
        {
            if (version.Rows > options.MaxRows)
            {
                throw BatchProblems.TooManyRows(options.MaxRows, "dataset_uri");
            }

            TableProfile profile = await catalog.ProfileAsync(job.TenantId, version, cancellationToken);
            ColumnRules.Check(model, [.. profile.Columns.Select(column => column.Name)], idColumn);
            return new(SourceOf(job, version), version.Rows);
        }

        ColumnRules.Check(model, await ColumnsAsync(content, cancellationToken), idColumn);
        return new(new BatchSource(uri, content.Format), null);
    }

    /// <summary>Rows that came with the request; they become a file of the job.</summary>
    /// <exception cref="ProblemException">As <see cref="InstanceLines.Write"/>.</exception>
    internal async Task<StartedSource> ReadAsync(BatchKey job, JsonElement instances, TabularModel model, string? idColumn, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> lines = new();
        int rows = InstanceLines.Write(instances, model, idColumn, options.MaxRows, lines);
        MemoryMarshal.TryGetArray(lines.WrittenMemory, out ArraySegment<byte> bytes);
        using MemoryStream content = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        BatchBlob blob = new(BatchKeys.Container, BatchKeys.Source(job));
        await blobs.WriteAsync(blob.Container, blob.Path, content, overwrite: true, cancellationToken);
        BatchSource source = new(null, DatasetFormat.Ndjson) { Sha256 = Convert.ToHexStringLower(SHA256.HashData(lines.WrittenSpan)), Bytes = lines.WrittenCount, Content = blob };
        return new(source, rows);
    }

    private static BatchSource SourceOf(BatchKey job, DatasetVersion version) => new(version.Uri, version.Format)
    {
        Dataset = version.Name,
        DatasetVersion = version.Version,
        Sha256 = version.Sha256,
        Bytes = version.Bytes,
        Content = new(DatasetKeys.Container, DatasetKeys.Content(job.TenantId, version.Name, version.ContentId)),
    };

    private static async Task<IReadOnlyList<string>> ColumnsAsync(DatasetContent content, CancellationToken cancellationToken)
    {
        await using Stream text = GzipText.DecompressIfGzip(content.Stream);
        return content.Format == DatasetFormat.Csv
            ? await CsvOutline.ColumnsAsync(text, CsvOptions.Default, cancellationToken)
            : await NdjsonOutline.ColumnsAsync(text, ReadLimits.Default, cancellationToken);
    }
}
