using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Compares candidates.</summary>
public static class BestCandidate
{
    /// <summary>The best score of the last rung that the time budget did not end; of equal ones the first in the list, which is the simpler. Null when no candidate has a score.</summary>
    /// <param name="scores">How candidates did.</param>
    /// <param name="metric">The metric's name, which knows the direction.</param>
    public static CandidateScore? Of(IEnumerable<CandidateScore> scores, string metric)
    {
        CandidateScore[] all = [.. scores];
        int rung = DecidingRung(all);
        return Ranked(all.Where(score => RungOf(score) == rung), metric).FirstOrDefault();
    }

    /// <summary>What is fitted in the end: the best, or where the time was up before any had a score, the simplest. Null when all failed.</summary>
    public static CandidateScore? OrSimplest(IReadOnlyList<CandidateScore> scores, string metric) =>
        Of(scores, metric) ?? scores.Where(score => score.TimeUp is true).MinBy(score => score.Index);

    /// <summary>Those with a score, the best first; of equal ones the first in the list leads.</summary>
    public static IReadOnlyList<CandidateScore> Ranked(IEnumerable<CandidateScore> scores, string metric)
    {
        bool biggerIsBetter = MetricCatalog.Get(metric).BiggerIsBetter;
        return [.. scores.Where(score => score.Score is not null).OrderBy(score => biggerIsBetter ? -score.Score : score.Score).ThenBy(score => score.Index)];
    }

    /// <summary>The rung whose scores may be compared: the last in which the time budget left nobody out; else the first.</summary>
    public static int DecidingRung(IEnumerable<CandidateScore> scores) => scores
        .GroupBy(RungOf)
        .Where(rung => rung.Any(score => score.Score is not null) && rung.All(score => score.TimeUp is not true))
        .Select(rung => rung.Key)
        .DefaultIfEmpty(1)
        .Max();

    /// <summary>The rung of a score.</summary>
    public static int RungOf(CandidateScore score) => score.Rung ?? 1;
}
