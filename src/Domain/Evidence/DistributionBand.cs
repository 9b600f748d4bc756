namespace Trainyard.Domain.Evidence;

/// <summary>How far a distribution that was seen may be from the true one, at every moment and every value at once.</summary>
/// <remarks>
/// Howard and Ramdas, Sequential estimation of quantiles with applications to A/B testing and best-arm identification, Bernoulli 28(3),
/// 2022, theorem 2 with m = 1: the greatest distance of the two distribution functions exceeds 0.85 √((ln ln(e t) + 0.8 ln(1612/α)) / t) at any
/// t with probability at most α.
/// </remarks>
public static class DistributionBand
{
    /// <summary>The greatest distance.</summary>
    /// <param name="values">Values that were seen.</param>
    /// <param name="alpha">The probability of ever being wrong, between 0 and 1.</param>
    public static double Of(long values, double alpha) => values == 0
        ? 1
        : Math.Min(1, 0.85 * Math.Sqrt((Math.Log(Math.Log(Math.E * values)) + (0.8 * Math.Log(1612 / alpha))) / values));
}
