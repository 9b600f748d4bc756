using Trainyard.Domain.Datasets;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>A dataset version with what its columns hold.</summary>
internal sealed record DatasetDetail(
    string Name,
    int Version,
    string Uri,
    string Format,
    int Rows,
    int Columns,
    long Bytes,
    string Sha256,
    string? Source,
    DateTimeOffset CreatedAt,
    IReadOnlyList<ColumnProfile> Profile)
{
    public static DatasetDetail Of(DatasetVersion version, TableProfile profile)
    {
        DatasetView view = DatasetView.Of(version);
        return new(view.Name, view.Version, view.Uri, view.Format, view.Rows, view.Columns, view.Bytes, view.Sha256, view.Source, view.CreatedAt, profile.Columns);
    }
}
