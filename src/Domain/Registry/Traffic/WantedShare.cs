using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>A share as it is asked for.</summary>
/// <param name="Version"><c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
/// <param name="Percent">From 0 to 100, with at most two decimals.</param>
public sealed record WantedShare(string Version, double Percent)
{
    // Two decimals have no exact binary form; what is nearer than this to one of them is meant to be it.
    private const double Tolerance = 1e-6;

    /// <summary>The share in hundredths of a percent.</summary>
    /// <param name="field">The list that it is in.</param>
    /// <exception cref="ProblemException"><c>traffic_percent_invalid</c>, <c>name_invalid</c>.</exception>
    internal int Points(string field)
    {
        ResourceName.Require(Version, "version");
        double points = Percent * TrafficPlan.PointsOfPercent;
        return points is >= 0 and <= TrafficPlan.AllPoints && Math.Abs(points - Math.Round(points)) < Tolerance
            ? (int)Math.Round(points)
            : throw TrafficProblems.PercentInvalid(Percent, field);
    }
}
