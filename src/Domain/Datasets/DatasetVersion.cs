using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Datasets;

/// <summary>One immutable content of a dataset.</summary>
/// <param name="Name">The dataset.</param>
/// <param name="Version">1, 2, 3, …; never used again.</param>
/// <param name="Format">How the content is written.</param>
/// <param name="Sha256">SHA-256 of the content in lower-case hex, decompressed.</param>
/// <param name="Bytes">Length of the content, decompressed.</param>
/// <param name="Rows">Data rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="ContentId">Where content and profile lie.</param>
/// <param name="Source">The address it was imported from; null when it was uploaded.</param>
/// <param name="CreatedAt">When.</param>
public sealed record DatasetVersion(
    string Name,
    int Version,
    DatasetFormat Format,
    string Sha256,
    long Bytes,
    int Rows,
    int Columns,
    string ContentId,
    string? Source,
    DateTimeOffset CreatedAt)
{
    /// <summary>Its address: <c>dataset://sales/3</c>.</summary>
    [JsonIgnore]
    public string Uri => string.Create(CultureInfo.InvariantCulture, $"dataset://{Name}/{Version}");
}
