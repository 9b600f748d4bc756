namespace Trainyard.Functions.Http.Traffic;

/// <summary>What is in production of a model.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="ModelName">Its name.</param>
/// <param name="Deployment">1, 2, 3, …: counts every change of what is in production.</param>
/// <param name="Since">Since when.</param>
/// <param name="Strategy">How it came about: <c>immediate</c>, <c>blue_green</c>, <c>canary</c>, <c>split</c> or <c>rollback</c>.</param>
/// <param name="Version">The version in production, or the one that the others of a split are held against; null when the model was withdrawn.</param>
/// <param name="Shares">Every version that answers, the greatest share first.</param>
/// <param name="Shadows">Every version that sees requests without answering.</param>
/// <param name="Fallback">The version that stands in for one whose file is gone or damaged; null for what was in production before.</param>
/// <param name="LogRate">The share of predictions that is logged.</param>
internal sealed record TrafficView(
    string ModelId,
    string ModelName,
    int Deployment,
    DateTimeOffset Since,
    string Strategy,
    string? Version,
    IReadOnlyList<ShareView> Shares,
    IReadOnlyList<ShareView> Shadows,
    string? Fallback,
    double LogRate);
