using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Every candidate of a run, the best first, with its score, its time and why it left the race.</summary>
public static class RunLeaderboard
{
    /// <summary>Puts the scores of all rungs together, one entry per candidate.</summary>
    /// <param name="scores">How candidates did in each rung that they took part in. What is still being scored is left out.</param>
    /// <param name="metric">The metric's name.</param>
    public static IReadOnlyList<LeaderboardEntry> Of(IEnumerable<CandidateScore> scores, string metric)
    {
        CandidateScore[] all = [.. scores.Where(score => score.Score is not null || score.Code is not null || score.TimeUp is true)];
        int deciding = BestCandidate.DecidingRung(all);
        LeaderboardEntry[] entries = [.. all.GroupBy(score => score.Name, StringComparer.Ordinal).Select(candidate => Entry([.. candidate.OrderBy(BestCandidate.RungOf)], deciding))];
        return entries.Length == 0 ? [] : Leaderboard.Rank(MetricCatalog.Get(metric), entries).Entries;
    }

    private static LeaderboardEntry Entry(CandidateScore[] ofRungs, int deciding)
    {
        CandidateScore last = ofRungs[^1];
        CandidateScore? counted = ofRungs.LastOrDefault(score => score.Score is not null && BestCandidate.RungOf(score) <= deciding);
        CandidateExit exit = last switch
        {
            { Code: not null } => CandidateExit.Failed,
            { TimeUp: true } => CandidateExit.TimeUp,
            _ when BestCandidate.RungOf(last) < deciding => CandidateExit.Outscored,
            _ => CandidateExit.Finished,
        };
        TimeSpan time = TimeSpan.FromSeconds(ofRungs.Sum(score => score.Seconds ?? 0));
        return new LeaderboardEntry(
            new Candidate(last.Name, last.Learner, last.Settings), counted?.Score, counted?.Deviation,
            counted is null ? 0 : BestCandidate.RungOf(counted), counted?.Rows ?? 0, time, exit)
        {
            Code = last.Code,
        };
    }
}
