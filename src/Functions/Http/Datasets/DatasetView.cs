using Trainyard.Domain.Datasets;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>A dataset version as callers see it.</summary>
internal sealed record DatasetView(
    string Name, int Version, string Uri, string Format, int Rows, int Columns, long Bytes, string Sha256, string? Source, DateTimeOffset CreatedAt)
{
    public static DatasetView Of(DatasetVersion version) => new(
        version.Name,
        version.Version,
        version.Uri,
        version.Format == DatasetFormat.Csv ? "csv" : "ndjson",
        version.Rows,
        version.Columns,
        version.Bytes,
        version.Sha256,
        version.Source,
        version.CreatedAt);
}
