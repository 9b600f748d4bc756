using Trainyard.Domain.Batches;
using Trainyard.Domain.Datasets;

namespace Trainyard.Functions.Http.Batches;

/// <summary>What exactly a job reads.</summary>
/// <param name="Uri">The address; null when the rows came with the request.</param>
/// <param name="Dataset">The dataset; null for other sources.</param>
/// <param name="Version">Its version.</param>
/// <param name="Format">How the rows are written.</param>
/// <param name="Sha256">SHA-256 of the content, decompressed; null until it is known.</param>
/// <param name="Bytes">Its length; null until it is known.</param>
internal sealed record BatchSourceDocument(string? Uri, string? Dataset, int? Version, string Format, string? Sha256, long? Bytes)
{
    public static BatchSourceDocument Of(BatchSource source) => new(
        source.Shown, source.Dataset, source.DatasetVersion, source.Format == DatasetFormat.Csv ? "csv" : "ndjson", source.Sha256, source.Bytes);
}
