namespace Trainyard.Domain.Evidence;

/// <summary>The sum of some values from 0 to 1. Adds up over hosts.</summary>
/// <param name="Sum">Their sum.</param>
/// <param name="Count">How many.</param>
public readonly record struct BoundedSum(double Sum, long Count)
{
    /// <summary>Their mean; 0 when there are none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    /// <summary>How much is missing from all of them being 1.</summary>
    public double Rest => Math.Max(0, Count - Sum);

    /// <summary>With one value more; beyond 0 and 1 it counts as that bound.</summary>
    public BoundedSum With(double value) => new(Sum + Math.Clamp(value, 0, 1), Count + 1);
}
