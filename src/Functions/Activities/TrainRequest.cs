using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;

namespace Trainyard.Functions.Activities;

/// <summary>What a candidate is trained with.</summary>
/// <param name="Run">The run.</param>
/// <param name="Candidate">The candidate.</param>
public sealed record TrainRequest(RunKey Run, CandidateSpec Candidate);
