namespace Trainyard.Functions.Http.Mlops;

/// <summary>Two versions of a model side by side.</summary>
/// <param name="ModelId">The model's name.</param>
/// <param name="Version1">The first.</param>
/// <param name="Version2">The second.</param>
/// <param name="Metrics">Every score of either; <c>better</c> names the version, <c>equal</c>, or is null when that cannot be said.</param>
/// <param name="Parameters">Every hyper-parameter of either.</param>
/// <param name="InputChanges">Columns that they do not read alike, with their types; none when callers need not change.</param>
/// <param name="FeatureImportance">Shares of the gain of all splits, by column; null when one of them cannot say.</param>
/// <param name="ArtifactBytes">Lengths of their files.</param>
internal sealed record ComparisonView(
    string ModelId,
    string Version1,
    string Version2,
    IReadOnlyDictionary<string, ComparedMetric> Metrics,
    IReadOnlyDictionary<string, ComparedNumber> Parameters,
    IReadOnlyDictionary<string, ComparedText> InputChanges,
    IReadOnlyDictionary<string, ComparedNumber>? FeatureImportance,
    ComparedNumber ArtifactBytes);
