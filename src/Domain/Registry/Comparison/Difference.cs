namespace Trainyard.Domain.Registry.Comparison;

/// <summary>A number of two versions side by side.</summary>
/// <param name="Name">What it is.</param>
/// <param name="First">The first version's; null when it has none.</param>
/// <param name="Second">The second version's; null when it has none.</param>
public sealed record Difference(string Name, double? First, double? Second)
{
    /// <summary>Second less first; null when one is missing.</summary>
    public double? Change => Second - First;

    /// <summary>Which is better, 1 or 2; 0 when they are equal; null when that cannot be said.</summary>
    public int? Better { get; init; }
}
