using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Selection;

/// <summary>Candidates by score, the best first. Plain data.</summary>
/// <param name="Metric">The metric's canonical name.</param>
/// <param name="Entries">At least one; of equal scores the one tried first leads.</param>
public sealed record Leaderboard(string Metric, IReadOnlyList<CrossValidationResult> Entries)
{
    /// <summary>The winner.</summary>
    public CrossValidationResult Best => Entries[0];

    /// <summary>Puts results in order.</summary>
    /// <param name="metric">The metric that all were scored by.</param>
    /// <param name="results">At least one, in the order of trying.</param>
    /// <exception cref="ArgumentException">There are no results.</exception>
    public static Leaderboard Rank(MetricInfo metric, IEnumerable<CrossValidationResult> results)
    {
        CrossValidationResult[] entries = metric.BiggerIsBetter
            ? [.. results.OrderByDescending(result => result.Mean)]
            : [.. results.OrderBy(result => result.Mean)];
        return entries.Length > 0
            ? new Leaderboard(metric.Name, entries)
            : throw new ArgumentException("There are no results to rank.", nameof(results));
    }
}
