namespace Trainyard.Functions.Http.Mlops;

/// <summary>A model version as <c>/mlops</c> shows it.</summary>
/// <param name="ModelId">The model's name, which these routes call its id.</param>
/// <param name="Version">What changed for callers: <c>1.4.0</c>.</param>
/// <param name="Sequence">The sequence number: <c>v5</c>.</param>
/// <param name="Stage"><c>draft</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="ModelType"><c>classification</c>, <c>regression</c> or another task.</param>
/// <param name="Algorithm">The learner that made it.</param>
/// <param name="Metrics">Scores on held-out rows.</param>
/// <param name="Parameters">Hyper-parameters that were set.</param>
/// <param name="Inputs">The columns it reads.</param>
/// <param name="Target">The column it predicts.</param>
/// <param name="Description">What changed, in words; null when nobody said.</param>
/// <param name="Tags">What its users note of it.</param>
/// <param name="Aliases">Aliases that point to it.</param>
/// <param name="Lineage">What it was made from.</param>
/// <param name="ArtifactSha256">SHA-256 of the model file.</param>
/// <param name="ArtifactBytes">Its length.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record MlopsModelView(
    string ModelId,
    string Version,
    string Sequence,
    string Stage,
    string ModelType,
    string Algorithm,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyList<MlopsInput> Inputs,
    string Target,
    string? Description,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Aliases,
    MlopsLineage Lineage,
    string ArtifactSha256,
    long ArtifactBytes,
    DateTimeOffset CreatedAt);
