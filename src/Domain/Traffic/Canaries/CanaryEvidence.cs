namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>What two versions did at a step of a canary, with bounds that hold at every moment at once.</summary>
/// <param name="Calls">Requests of the new version.</param>
/// <param name="Failures">Of them, those that failed or were refused.</param>
/// <param name="BaselineCalls">Requests of the version in production.</param>
/// <param name="BaselineFailures">Of them, those that failed or were refused.</param>
/// <param name="ErrorIncrease">The least by which the new version's share of failures is greater; 0 while that is not proven.</param>
/// <param name="SlowIncrease">The least by which its share of slow requests is greater, at the time where that is most.</param>
/// <param name="SlowerThanMs">That time in milliseconds; null while nothing is proven.</param>
/// <param name="OutputShift">The least by which the share of some label, or of the numbers up to some number, differs.</param>
/// <param name="Psi">The population stability index of its outputs; null before there are any.</param>
/// <param name="Judged">Predictions of the new version of which feedback tells whether they were right.</param>
/// <param name="Correct">Of them, the right ones.</param>
/// <param name="BaselineJudged">The same of the version in production.</param>
/// <param name="BaselineCorrect">Of them, the right ones.</param>
/// <param name="CorrectDecrease">The least by which the new version's share of right predictions is smaller; 0 while that is not proven.</param>
/// <param name="Measured">Numbers of the new version whose true ones feedback tells, while errors are compared.</param>
/// <param name="BaselineMeasured">The same of the version in production.</param>
/// <param name="OutcomeErrorIncrease">The least by which the mean size of its errors is greater, as a share of their bound; 0 while that is not proven.</param>
public sealed record CanaryEvidence(
    long Calls,
    long Failures,
    long BaselineCalls,
    long BaselineFailures,
    double ErrorIncrease,
    double SlowIncrease,
    double? SlowerThanMs,
    double OutputShift,
    double? Psi,
    long Judged = 0,
    long Correct = 0,
    long BaselineJudged = 0,
    long BaselineCorrect = 0,
    double CorrectDecrease = 0,
    long Measured = 0,
    long BaselineMeasured = 0,
    double OutcomeErrorIncrease = 0);
