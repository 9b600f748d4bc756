namespace Trainyard.Functions.Http.MlEngine;

/// <summary>A model as <c>/api/v1/ml</c> shows it: its deployed version, or the newest.</summary>
/// <param name="ModelId">Stable identifier.</param>
/// <param name="ModelName">Unique name.</param>
/// <param name="ModelVersion">The sequence number, as <c>v5</c>; null while it has no version.</param>
/// <param name="SemanticVersion">What changed for callers.</param>
/// <param name="ModelType"><c>classification</c>, <c>regression</c> or another task.</param>
/// <param name="Algorithm">The learner that made it.</param>
/// <param name="Stage"><c>draft</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="Status"><c>training</c>, <c>deployed</c> or <c>deprecated</c>.</param>
/// <param name="IsActive">Whether this version is deployed.</param>
/// <param name="Description">What the model is for; null when nobody said.</param>
/// <param name="Metrics">Scores on held-out rows.</param>
/// <param name="FeatureColumns">The columns it reads.</param>
/// <param name="TargetColumn">The column it predicts.</param>
/// <param name="Hyperparameters">Those that were set.</param>
/// <param name="DataHash">SHA-256 of what it was trained on; null when that is not known.</param>
/// <param name="ModelHash">SHA-256 of the model file.</param>
/// <param name="TrainingRunId">The run or request that registered it.</param>
/// <param name="CreatedAt">When the version was registered, or the model made.</param>
/// <param name="UpdatedAt">When anything of the model last changed.</param>
internal sealed record MlModelMetadata(
    string ModelId,
    string ModelName,
    string? ModelVersion,
    string? SemanticVersion,
    string? ModelType,
    string? Algorithm,
    string? Stage,
    string Status,
    bool IsActive,
    string? Description,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<string> FeatureColumns,
    string? TargetColumn,
    IReadOnlyDictionary<string, double> Hyperparameters,
    string? DataHash,
    string? ModelHash,
    string? TrainingRunId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
