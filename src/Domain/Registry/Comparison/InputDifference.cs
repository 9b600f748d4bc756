namespace Trainyard.Domain.Registry.Comparison;

/// <summary>A column that two versions do not read alike.</summary>
/// <param name="Name">The column.</param>
/// <param name="First">Its type in the first version; null when that does not read it.</param>
/// <param name="Second">Its type in the second version; null when that does not read it.</param>
public sealed record InputDifference(string Name, string? First, string? Second);
