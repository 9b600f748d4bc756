using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Which candidates a run tries, and which of them go on from rung to rung. Data, settings and scores decide it.</summary>
internal static class CandidateRungs
{
    /// <summary>The candidates of the first rung: with a time budget as many as make sense, else a short list.</summary>
    /// <param name="workspace">The run's rows.</param>
    /// <param name="now">When the time budget begins.</param>
    public static CandidateSpec[] First(RunWorkspace workspace, DateTimeOffset now)
    {
        IReadOnlyList<Candidate> candidates = Candidates(workspace);
        DateTimeOffset? deadline = workspace.Run.Settings.TimeBudgetSeconds is { } seconds ? now.AddSeconds(seconds) : null;
        IReadOnlyList<Rung> rungs = Of(workspace, candidates.Count);
        return [.. candidates.Select((candidate, index) => new CandidateSpec(index, candidate) { Rung = rungs[0], HasNextRung = rungs.Count > 1, Deadline = deadline })];
    }

    /// <summary>The candidates of the next rung, the best first; none after the last rung, and none when the time was up in this one.</summary>
    public static CandidateSpec[] Next(RunWorkspace workspace, IReadOnlyList<CandidateSpec> rung, IReadOnlyList<CandidateScore> scores)
    {
        IReadOnlyList<Rung> rungs = Of(workspace, Candidates(workspace).Count);
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

    /// <summary>The rungs of a run for a number of candidates.</summary>
    public static IReadOnlyList<Rung> Of(RunWorkspace workspace, int candidates) =>
        Halving.Schedule(candidates, workspace.Training, workspace.Target, CrossValidationOptions.DefaultFolds);

    private static IReadOnlyList<Candidate> Candidates(RunWorkspace workspace)
    {
        int rows = workspace.Training.RowCount;
        int features = workspace.Training.Columns.Count - (workspace.Target.HasColumn ? 1 : 0);
        PipelineSettings settings = workspace.Run.Settings;
        bool isMonotone = settings.Monotone is { Count: > 0 };
        ulong? seed = settings.TimeBudgetSeconds is null ? null : (ulong)settings.Seed;
        return ModelType.Find(settings.ModelType)?.Candidates(workspace.Target.Task, rows, features, isMonotone, seed) ?? (seed is { } drawn
            ? SearchSpace.For(workspace.Target.Task, rows, features, drawn, isMonotone)
            : CandidateList.For(workspace.Target.Task, rows, features, isMonotone));
    }
}
