using System.Text.Json;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Learning.Selection;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A place on a run's leaderboard.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Learner">Its learner.</param>
/// <param name="Score">Mean of the target metric over the folds, in the last rung that counts.</param>
/// <param name="Deviation">Standard deviation over the folds.</param>
/// <param name="Rung">That rung, from 1; 0 for none.</param>
/// <param name="Rows">Rows of that rung.</param>
/// <param name="Seconds">What was spent on it in all rungs.</param>
/// <param name="Exit">Why its race ended: <c>finished</c>, <c>outscored</c>, <c>time_up</c> or <c>failed</c>.</param>
/// <param name="Code">The error that took it out.</param>
internal sealed record CandidateDocument(
    string Name, string Learner, double? Score, double? Deviation, int Rung, int Rows, double Seconds, string Exit, string? Code)
{
    /// <summary>The leaderboard of a run, as far as it is known.</summary>
    public static IReadOnlyList<CandidateDocument> ListOf(PipelineRun run, IReadOnlyList<RunStep> steps) =>
        [.. RunLeaderboard.Of(steps.Select(step => step.Score).OfType<CandidateScore>(), run.Settings.TargetMetric).Select(Of)];

    private static CandidateDocument Of(LeaderboardEntry entry) => new(
        entry.Candidate.Name, entry.Candidate.Learner, entry.Score, entry.Deviation, entry.Rung, entry.Rows, entry.Time.TotalSeconds,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Exit.ToString()), entry.Code);
}
