namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Where the leaves below a node may lie, so that monotone constraints above it hold.</summary>
/// <param name="Lower">The least value.</param>
/// <param name="Upper">The greatest.</param>
internal readonly record struct LeafBounds(double Lower, double Upper)
{
    public static LeafBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Clamp(double value) => Math.Clamp(value, Lower, Upper);
}
