using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;

namespace Trainyard.Functions.Activities;

/// <summary>What the candidates of the next rung are chosen from.</summary>
/// <param name="Run">The run.</param>
/// <param name="Candidates">Those of the rung that is over.</param>
/// <param name="Scores">How they did in it.</param>
public sealed record NextRungRequest(RunKey Run, IReadOnlyList<CandidateSpec> Candidates, IReadOnlyList<CandidateScore> Scores);
