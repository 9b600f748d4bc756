namespace Trainyard.Functions.Http.Mlops;

/// <summary>What a version was made from.</summary>
/// <param name="DatasetUri">The dataset and its version; null when it was trained elsewhere.</param>
/// <param name="DatasetSha256">SHA-256 of its content.</param>
/// <param name="RunId">The run or request that registered it.</param>
/// <param name="PipelineId">The pipeline of that run.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="Parent">The version that it came to succeed.</param>
/// <param name="CodeVersion">The version of what trained it.</param>
internal sealed record MlopsLineage(
    string? DatasetUri, string? DatasetSha256, string RunId, string? PipelineId, long Seed, string? Parent, string CodeVersion);
