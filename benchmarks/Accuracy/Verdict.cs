namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Ours beside the peer's on one table by one metric, seed by seed.</summary>
/// <param name="Data">The table.</param>
/// <param name="Study">What was fitted.</param>
/// <param name="Metric">The metric with the peer's scores and the bound.</param>
/// <param name="Ours">Our scores, one per seed.</param>
internal sealed record Verdict(string Data, string Study, PeerMetric Metric, double[] Ours)
{
    /// <summary>Student's t of 4 degrees of freedom that 5 % of noise alone passes.</summary>
    private const double Significant = 2.132;

    public double OurMean => Ours.Average();

    public double PeerMean => Metric.Peer.Average();

    public double OurDeviation => Deviation(Ours);

    public double PeerDeviation => Deviation(Metric.Peer);

    /// <summary>How much worse ours is, in units of the metric; in shares of the peer's mean where the bound is.</summary>
    public double Deficit => Deficits.Average();

    /// <summary>True when the mean deficit is within the bound.</summary>
    public bool IsHeld => Metric.Bound is not { } bound || Deficit <= bound;

    /// <summary>True when seeds differ so much that a true deficit within the bound would often look like this one.</summary>
    public bool IsNoise => Metric.Bound is { } bound && Deficit - (Significant * Deviation(Deficits) / Math.Sqrt(Ours.Length)) <= bound;

    private double[] Deficits => [.. Ours.Zip(Metric.Peer, (ours, peer) => (Measures.IsHigherBetter(Metric.Name) ? peer - ours : ours - peer) / (Metric.IsRelative ? Math.Abs(PeerMean) : 1))];

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)) : 0;
    }
}
