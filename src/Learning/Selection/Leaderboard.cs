using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Selection;

/// <summary>Candidates in order, the best first. Plain data.</summary>
/// <param name="Metric">The metric's canonical name.</param>
/// <param name="Entries">At least one. Who came further leads; of the same rung the better score, of equal scores the one tried first.</param>
public sealed record Leaderboard(string Metric, IReadOnlyList<LeaderboardEntry> Entries)
{
    /// <summary>The winner.</summary>
    public LeaderboardEntry Best => Entries[0];

    /// <summary>Puts entries in order.</summary>
    /// <param name="metric">The metric that all were scored by.</param>
    /// <param name="entries">At least one, in the order of trying.</param>
    /// <exception cref="ArgumentException">There are no entries.</exception>
    public static Leaderboard Rank(MetricInfo metric, IEnumerable<LeaderboardEntry> entries)
    {
        IOrderedEnumerable<LeaderboardEntry> byRung = entries.OrderBy(entry => entry.Exit == CandidateExit.Failed).ThenByDescending(entry => entry.Rung);
        LeaderboardEntry[] ranked = [.. byRung.ThenBy(entry => Loss(metric, entry.Score))];
        return ranked.Length > 0
            ? new Leaderboard(metric.Name, ranked)
            : throw new ArgumentException("There are no entries to rank.", nameof(entries));
    }

    /// <summary>A score as a number of which less is better.</summary>
    internal static double Loss(MetricInfo metric, double? score) => score switch
    {
        null => double.PositiveInfinity,
        { } value => metric.BiggerIsBetter ? -value : value,
    };
}
