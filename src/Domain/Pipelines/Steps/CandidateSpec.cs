using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A candidate of a run.</summary>
/// <param name="Index">Its place in the list, from 0; the simplest first.</param>
/// <param name="Candidate">Learner and settings.</param>
public sealed record CandidateSpec(int Index, Candidate Candidate);
