using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Activities;

/// <summary>What the best candidate is chosen from.</summary>
/// <param name="Run">The run.</param>
/// <param name="Scores">How every candidate did.</param>
public sealed record RefitRequest(RunKey Run, IReadOnlyList<CandidateScore> Scores);
