namespace Trainyard.Domain.Registry.Comparison;

/// <summary>Two versions of a model side by side.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Metrics">Every score of either, by name.</param>
/// <param name="Parameters">Every hyper-parameter of either, by name.</param>
/// <param name="Inputs">Columns that they do not read alike; none when callers need not change.</param>
/// <param name="Importance">Shares of the gain of all splits, by column; null when one of them cannot say.</param>
public sealed record VersionComparison(
    ModelVersion First,
    ModelVersion Second,
    IReadOnlyList<Difference> Metrics,
    IReadOnlyList<Difference> Parameters,
    IReadOnlyList<InputDifference> Inputs,
    IReadOnlyList<Difference>? Importance);
