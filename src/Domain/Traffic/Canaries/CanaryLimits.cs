namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>What a new version may do worse than the one in production before it is rolled back.</summary>
/// <param name="MinCalls">Requests that it must have answered at a step before it goes on.</param>
/// <param name="MaxErrorIncrease">By how much its share of failed requests may be greater.</param>
/// <param name="MaxSlowIncrease">By how much its share of requests that take longer than any time may be greater.</param>
/// <param name="MaxOutputShift">By how much the share of any label, or of the numbers up to any number, may differ.</param>
/// <param name="Alpha">The probability that a version which does not do worse is rolled back, over all steps.</param>
/// <param name="MaxCorrectDecrease">By how much its share of right predictions may be smaller, of those that feedback tells.</param>
/// <param name="MaxOutcomeErrorIncrease">By how much the mean size of its errors may be greater, as a share of <paramref name="OutcomeErrorBound"/>.</param>
/// <param name="OutcomeErrorBound">The size beyond which an error counts as this one; null to compare no errors.</param>
public sealed record CanaryLimits(
    int MinCalls = CanaryLimits.DefaultMinCalls,
    double MaxErrorIncrease = CanaryLimits.DefaultErrorIncrease,
    double MaxSlowIncrease = CanaryLimits.DefaultSlowIncrease,
    double MaxOutputShift = CanaryLimits.DefaultOutputShift,
    double Alpha = CanaryLimits.DefaultAlpha,
    double MaxCorrectDecrease = CanaryLimits.DefaultCorrectDecrease,
    double MaxOutcomeErrorIncrease = CanaryLimits.DefaultOutcomeErrorIncrease,
    double? OutcomeErrorBound = null)
{
    /// <summary>Enough to see a version that fails one request in ten.</summary>
    public const int DefaultMinCalls = 100;

    /// <summary>One request in a hundred.</summary>
    public const double DefaultErrorIncrease = 0.01;

    /// <summary>One request in ten.</summary>
    public const double DefaultSlowIncrease = 0.1;

    /// <summary>Two in ten: a new version is there to answer differently.</summary>
    public const double DefaultOutputShift = 0.2;

    /// <summary>One prediction in twenty.</summary>
    public const double DefaultCorrectDecrease = 0.05;

    /// <summary>A tenth of the bound.</summary>
    public const double DefaultOutcomeErrorIncrease = 0.1;

    /// <summary>One canary in twenty.</summary>
    public const double DefaultAlpha = 0.05;
}
