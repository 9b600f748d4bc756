using Trainyard.Domain.Datasets;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>The answer to an upload.</summary>
internal sealed record DatasetCreated(string Name, int Version, string Uri, int Rows, int Columns, string Sha256)
{
    public static DatasetCreated Of(DatasetVersion version) =>
        new(version.Name, version.Version, version.Uri, version.Rows, version.Columns, version.Sha256);
}
