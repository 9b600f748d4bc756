using System.Text.Json.Serialization;
using Trainyard.Domain.Datasets;

namespace Trainyard.Domain.Batches;

/// <summary>Where the rows of a job come from, and what exactly was read.</summary>
/// <param name="Uri">The address as it was given, the version of a dataset added; null when the rows came with the request.</param>
/// <param name="Format">How they are written.</param>
public sealed record BatchSource(string? Uri, DatasetFormat Format)
{
    /// <summary>The dataset; null for other sources.</summary>
    public string? Dataset { get; init; }

    /// <summary>Its version; pinned when the job was started.</summary>
    public int? DatasetVersion { get; init; }

    /// <summary>SHA-256 of the content in lower-case hex, decompressed; null until it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Length of the content, decompressed; null until it is known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Where the content lies; null when it must be fetched first.</summary>
    public BatchBlob? Content { get; init; }

    /// <summary>The address as it may be shown.</summary>
    [JsonIgnore]
    public string? Shown => Uri is null ? null : DatasetUri.Show(Uri);
}
