namespace Trainyard.Domain.Registry.Traffic;

/// <summary>A share of a model's traffic.</summary>
/// <param name="Sequence">The version that sees it.</param>
/// <param name="Points">How much, in hundredths of a percent: 10,000 are all.</param>
public sealed record VersionShare(int Sequence, int Points)
{
    /// <summary>The share in percent.</summary>
    public double Percent => Points / (double)TrafficPlan.PointsOfPercent;
}
