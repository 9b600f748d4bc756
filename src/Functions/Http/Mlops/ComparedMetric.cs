namespace Trainyard.Functions.Http.Mlops;

/// <summary>A score of two versions.</summary>
/// <param name="Version1">The first's; null when it has none.</param>
/// <param name="Version2">The second's; null when it has none.</param>
/// <param name="Difference">The second less the first; null when one is missing.</param>
/// <param name="Better"><c>version1</c>, <c>version2</c> or <c>equal</c>; null when that cannot be said.</param>
internal sealed record ComparedMetric(double? Version1, double? Version2, double? Difference, string? Better);
