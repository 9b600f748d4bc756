namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>How a candidate did.</summary>
/// <param name="Score">Its mean in the target metric.</param>
/// <param name="Deviation">How much single trials deviate from that.</param>
/// <param name="Summary">The same in a sentence for the run's log.</param>
internal sealed record CandidateResult(double Score, double Deviation, string Summary);
