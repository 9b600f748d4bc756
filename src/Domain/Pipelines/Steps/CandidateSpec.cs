using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A candidate of a run in one rung of successive halving.</summary>
/// <param name="Index">Its place among all that are trained, from 0; the simplest first, and each rung after the one before.</param>
/// <param name="Candidate">Learner and settings.</param>
public sealed record CandidateSpec(int Index, Candidate Candidate)
{
    /// <summary>The rung; null before there were rungs: one, of all rows.</summary>
    public Rung? Rung { get; init; }

    /// <summary>True when the best of this rung go on to another.</summary>
    public bool HasNextRung { get; init; }

    /// <summary>When the time budget ends; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
