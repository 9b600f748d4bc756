namespace Trainyard.Functions.Http.Mlops;

/// <summary>A text of two versions.</summary>
/// <param name="Version1">The first's; null when it has none.</param>
/// <param name="Version2">The second's; null when it has none.</param>
internal sealed record ComparedText(string? Version1, string? Version2);
