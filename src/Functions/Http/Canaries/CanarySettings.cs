using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Functions.Http.Canaries;

/// <summary>How a canary shall go. What is absent or null has its default.</summary>
/// <param name="Steps">The new version's share at each step, in percent, rising to 100; 1, 5, 10, 25, 50, 100 by default.</param>
/// <param name="StepSeconds">How long each step lasts at least; 600 by default.</param>
/// <param name="MinCalls">Requests that the new version must have answered at a step before it goes on; 100 by default.</param>
/// <param name="MaxErrorIncrease">By how much its share of failed requests may be greater; 0.01 by default.</param>
/// <param name="MaxSlowIncrease">By how much its share of requests that take longer than any time may be greater; 0.1 by default.</param>
/// <param name="MaxOutputShift">By how much the share of any label, or of the numbers up to any number, may differ; 0.2 by default.</param>
/// <param name="Alpha">The probability that a version which does not do worse is rolled back, over all steps; 0.05 by default.</param>
/// <param name="MaxCorrectDecrease">By how much its share of right predictions may be smaller, of those that feedback tells; 0.05 by default.</param>
/// <param name="MaxOutcomeErrorIncrease">By how much the mean size of its errors may be greater, as a share of <c>outcome_error_bound</c>; 0.1 by default.</param>
/// <param name="OutcomeErrorBound">The size beyond which an error counts as this one; errors are not compared without it.</param>
internal sealed record CanarySettings(
    IReadOnlyList<double>? Steps = null,
    double? StepSeconds = null,
    int? MinCalls = null,
    double? MaxErrorIncrease = null,
    double? MaxSlowIncrease = null,
    double? MaxOutputShift = null,
    double? Alpha = null,
    double? MaxCorrectDecrease = null,
    double? MaxOutcomeErrorIncrease = null,
    double? OutcomeErrorBound = null)
{
    public CanaryRequest ToRequest()
    {
        CanaryLimits standard = new();
        double seconds = StepSeconds ?? CanaryRequest.DefaultStepTime.TotalSeconds;

        // Outside of what a time can hold it is refused by name, not by an exception of the runtime.
        double bounded = Math.Clamp(seconds, -1, CanaryRequest.MaxStepTime.TotalSeconds + 1);
        return new CanaryRequest
        {
            Steps = Steps ?? CanaryRequest.DefaultSteps,
            StepTime = double.IsNaN(bounded) ? TimeSpan.Zero : TimeSpan.FromSeconds(bounded),
            Limits = new CanaryLimits(
                MinCalls ?? standard.MinCalls,
                MaxErrorIncrease ?? standard.MaxErrorIncrease,
                MaxSlowIncrease ?? standard.MaxSlowIncrease,
                MaxOutputShift ?? standard.MaxOutputShift,
                Alpha ?? standard.Alpha,
                MaxCorrectDecrease ?? standard.MaxCorrectDecrease,
                MaxOutcomeErrorIncrease ?? standard.MaxOutcomeErrorIncrease,
                OutcomeErrorBound),
        };
    }
}
