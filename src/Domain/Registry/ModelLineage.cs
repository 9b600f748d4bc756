namespace Trainyard.Domain.Registry;

/// <summary>What a version was made from: enough to make it again.</summary>
/// <param name="DatasetName">The dataset.</param>
/// <param name="DatasetVersion">Its version.</param>
/// <param name="DatasetSha256">SHA-256 of its content, in hex.</param>
/// <param name="RunId">The run that trained it.</param>
/// <param name="PipelineId">The pipeline of that run, or null.</param>
/// <param name="TargetColumn">The column that it predicts.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="CodeVersion">The version of the platform that trained it.</param>
public sealed record ModelLineage(
    string DatasetName,
    int DatasetVersion,
    string DatasetSha256,
    string RunId,
    string? PipelineId,
    string TargetColumn,
    ulong Seed,
    string CodeVersion);
