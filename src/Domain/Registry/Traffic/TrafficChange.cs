using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>What is asked of a model's traffic; what is null stays as it is.</summary>
public sealed record TrafficChange
{
    /// <summary>Every version that shall answer; together 100 percent.</summary>
    public IReadOnlyList<WantedShare>? Shares { get; init; }

    /// <summary>Every version that shall only see requests, each any share of them.</summary>
    public IReadOnlyList<WantedShare>? Shadows { get; init; }

    /// <summary>The version that shall stand in for one whose file is gone or damaged; empty for what was in production before.</summary>
    public string? Fallback { get; init; }

    /// <summary>The share of predictions to log, from 0 to 1.</summary>
    public double? LogRate { get; init; }

    /// <summary>Whether a version may read other columns, or predict something else, than the one that is deployed.</summary>
    public bool AllowsOtherSchema { get; init; }

    /// <summary>The A/B test that traffic shall be divided for.</summary>
    internal string? Test { get; init; }

    /// <summary>Refuses what can be seen to be wrong without looking at the model.</summary>
    /// <exception cref="ProblemException">
    /// <c>traffic_percent_invalid</c>, <c>traffic_sum_invalid</c>, <c>traffic_versions_too_many</c>, <c>log_rate_invalid</c>, <c>name_invalid</c>.
    /// </exception>
    internal void Require()
    {
        if (Shares is not null)
        {
            RequireCount(Shares, TrafficPlan.MaxShares, "shares");
            int sum = Shares.Sum(share => share.Points("shares"));
            if (sum != TrafficPlan.AllPoints)
            {
                throw TrafficProblems.SumInvalid(sum / (double)TrafficPlan.PointsOfPercent);
            }
        }

        if (Shadows is not null)
        {
            RequireCount(Shadows, TrafficPlan.MaxShadows, "shadows");
            _ = Shadows.Sum(shadow => shadow.Points("shadows"));
        }

        if (LogRate is { } rate and not (>= 0 and <= 1))
        {
            throw TrafficProblems.LogRateInvalid(rate);
        }
    }

    private static void RequireCount(IReadOnlyList<WantedShare> list, int maximum, string field)
    {
        if (list.Count > maximum)
        {
            throw TrafficProblems.TooManyVersions(list.Count, maximum, field);
        }
    }
}
