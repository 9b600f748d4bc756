using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Which candidates a run tries, and which of them go on from rung to rung. Data, settings and scores decide it.</summary>
internal static class CandidateRungs
{
    /// <summary>The candidates of the first rung: with a time budget as many as make sense, else a short list.</summary>
    /// <param name="workspace">The run's data.</param>
    /// <param name="now">When the time budget begins.</param>
    public static CandidateSpec[] First(RunWorkspace workspace, DateTimeOffset now)
    {
        IReadOnlyList<Candidate> candidates = workspace.Candidates();
        DateTimeOffset? deadline = workspace.Run.Settings.TimeBudgetSeconds is { } seconds ? now.AddSeconds(seconds) : null;
        IReadOnlyList<Rung> rungs = workspace.Rungs(candidates.Count);
        return [.. candidates.Select((candidate, index) => new CandidateSpec(index, candidate) { Rung = rungs[0], HasNextRung = rungs.Count > 1, Deadline = deadline })];
    }

    /// <summary>The candidates of the next rung, the best first; none after the last rung, and none when the time was up in this one.</summary>
    public static CandidateSpec[] Next(RunWorkspace workspace, IReadOnlyList<CandidateSpec> rung, IReadOnlyList<CandidateScore> scores)
    {
        IReadOnlyList<Rung> rungs = workspace.Rungs(workspace.Candidates().Count);
        int number = rung[0].Rung?.Number ?? rungs.Count;
        if (number >= rungs.Count || scores.Any(score => score.TimeUp is true))
        {
            return [];
        }

        Rung next = rungs[number];
        IReadOnlyList<CandidateScore> ranked = BestCandidate.Ranked(scores, workspace.Run.Settings.TargetMetric);

        // What nobody can do on a part of the rows says nothing of all of them.
        IEnumerable<Candidate> survivors = ranked.Count == 0
            ? rung.Select(spec => spec.Candidate)
            : ranked.Take(next.Candidates).Select(score => rung.First(spec => spec.Index == score.Index).Candidate);
        int first = rung.Max(spec => spec.Index) + 1;
        return [.. survivors.Select((candidate, place) => new CandidateSpec(first + place, candidate)
        {
            Rung = next,
            HasNextRung = number + 1 < rungs.Count,
            Deadline = rung[0].Deadline,
        })];
    }
}
