namespace Trainyard.Domain.Evidence;

/// <summary>A confidence sequence for the difference of two means of values from 0 to 1: bounds that hold at every moment at once, however often somebody looks.</summary>
/// <remarks>
/// Of each mean there is a process that is a martingale, or falls, while that mean is the true one (<see cref="ShareSequence"/>). So their product is one while both are true, and by Ville's
/// inequality it ever reaches 1/α with probability at most α. The differences of the pairs of means for which it has not are the interval. It is narrower
/// than the difference of two intervals of α/2 each, and needs sums alone, which add up over hosts.
/// Sources: Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of Statistics 49(2), 2021;
/// Turner, Ly and Grünwald, Generic E-variables for exact sequential k-sample tests that allow for optional stopping, Journal of Statistical Planning and Inference 230, 2024.
/// </remarks>
public static class DifferenceSequence
{
    // Each halves the interval that holds a bound; after so many nothing is left of it.
    private const int Halvings = 60;

    /// <summary>The bounds of the first mean less the second, from -1 to 1.</summary>
    /// <param name="first">What was seen of the first.</param>
    /// <param name="second">What was seen of the second.</param>
    /// <param name="alpha">The probability of ever being wrong, between 0 and 1.</param>
    public static Interval Of(BoundedSum first, BoundedSum second, double alpha)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return new Interval(-1, 1);
        }

        double limit = Math.Log(1 / alpha);
        double seen = first.Mean - second.Mean;
        return new Interval(Bound(first, second, limit, outside: -1, inside: seen), Bound(first, second, limit, outside: 1, inside: seen));
    }

    /// <summary>Whether a difference lies within the bounds: the same as asking for them, and quicker.</summary>
    internal static bool Covers(BoundedSum first, BoundedSum second, double difference, double alpha) =>
        first.Count == 0 || second.Count == 0 || Least(first, second, difference) < Math.Log(1 / alpha);

    // The least of the product over pairs of one difference rises on either side of the difference that was seen, for it is convex.
    private static double Bound(BoundedSum first, BoundedSum second, double limit, double outside, double inside)
    {
        if (Least(first, second, outside) < limit)
        {
            return outside;
        }

        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (outside + inside) / 2;
            if (Least(first, second, middle) < limit)
            {
                inside = middle;
            }
            else
            {
                outside = middle;
            }
        }

        return outside;
    }

    private static double Least(BoundedSum first, BoundedSum second, double difference)
    {
        (double low, double high) = (Math.Max(0, -difference), Math.Min(1, 1 - difference));
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (low + high) / 2;
            if (Slope(first, middle + difference) + Slope(second, middle) < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        double mean = (low + high) / 2;
        return ShareSequence.LogRatio(first.Sum, first.Rest, mean + difference) + ShareSequence.LogRatio(second.Sum, second.Rest, mean);
    }

    // Of the logarithm of the process, by the mean.
    private static double Slope(BoundedSum seen, double mean) => (seen.Rest == 0 ? 0 : seen.Rest / (1 - mean)) - (seen.Sum == 0 ? 0 : seen.Sum / mean);
}
