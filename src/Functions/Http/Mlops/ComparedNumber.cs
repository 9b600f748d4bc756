namespace Trainyard.Functions.Http.Mlops;

/// <summary>A number of two versions.</summary>
/// <param name="Version1">The first's; null when it has none.</param>
/// <param name="Version2">The second's; null when it has none.</param>
/// <param name="Difference">The second less the first; null when one is missing.</param>
internal sealed record ComparedNumber(double? Version1, double? Version2, double? Difference);
