using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry;

/// <summary>What a version was made from: enough to make it again.</summary>
/// <param name="DatasetName">The dataset; null when it was trained elsewhere.</param>
/// <param name="DatasetVersion">Its version; null when it was trained elsewhere.</param>
/// <param name="DatasetSha256">SHA-256 of its content, in hex; null when it was trained elsewhere.</param>
/// <param name="RunId">The run that trained it, or the request that brought it.</param>
/// <param name="PipelineId">The pipeline of that run, or null.</param>
/// <param name="TargetColumn">The column that it predicts.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="CodeVersion">The version of the platform that trained it.</param>
public sealed record ModelLineage(
    string? DatasetName,
    int? DatasetVersion,
    string? DatasetSha256,
    string RunId,
    string? PipelineId,
    string TargetColumn,
    ulong Seed,
    string CodeVersion)
{
    /// <summary>The version that it came to succeed: what was deployed when it was registered, else the newest; null for the first.</summary>
    public int? Parent { get; init; }

    /// <summary>Where it comes from when it was trained elsewhere; null for a run's.</summary>
    public ModelSource? Source { get; init; }

    /// <summary>The address of the dataset's version; null when it was trained elsewhere.</summary>
    [JsonIgnore]
    public string? DatasetUri => DatasetName is null ? null : string.Create(CultureInfo.InvariantCulture, $"dataset://{DatasetName}/{DatasetVersion}");
}
