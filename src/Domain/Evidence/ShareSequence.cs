namespace Trainyard.Domain.Evidence;

/// <summary>A confidence sequence for a share, or for the mean of values from 0 to 1: bounds that hold at every moment at once, however often somebody looks.</summary>
/// <remarks>
/// Robbins' method of mixtures: under share p the ratio of the likelihood averaged over a Beta(½, ½) prior to the likelihood at p is
/// a martingale that begins at 1, so by Ville's inequality it ever reaches 1/α with probability at most α. The shares for which it
/// has not are the interval. It is exact for any number of calls, and needs counts alone, which add up over hosts. Of values between 0 and 1, whose sum stands for the hits, the ratio
/// falls in the mean, for the likelihood is convex in each: the bounds hold all the same, and are wider than they need be.
/// Sources: Robbins, Statistical methods related to the law of the iterated logarithm, Annals of Mathematical Statistics 41(5), 1970;
/// Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of Statistics 49(2), 2021.
/// </remarks>
public static class ShareSequence
{
    // Jeffreys' prior: narrow where shares of failures lie, near 0.
    private const double Prior = 0.5;

    // Each halves the interval that holds a bound; after so many nothing is left of it.
    private const int Halvings = 60;

    /// <summary>The bounds of a share.</summary>
    /// <param name="hits">Calls that had what is looked for, or the sum of values.</param>
    /// <param name="calls">Calls, at least as many.</param>
    /// <param name="alpha">The probability of ever being wrong, between 0 and 1.</param>
    public static Interval Of(double hits, long calls, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, hits);
        if (calls == 0)
        {
            return new Interval(0, 1);
        }

        double mean = hits / calls;
        double limit = Math.Log(1 / alpha);
        return new Interval(
            hits == 0 ? 0 : Bound(hits, calls, limit, outside: 0, inside: mean),
            hits == calls ? 1 : Bound(hits, calls, limit, outside: 1, inside: mean));
    }

    // The ratio falls from infinity towards the mean on either side, so that there is one place where it meets the limit.
    private static double Bound(double hits, long calls, double limit, double outside, double inside)
    {
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (outside + inside) / 2;
            if (LogRatio(hits, calls - hits, middle) < limit)
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

    /// <summary>The logarithm of the ratio: below ln 1/α for the shares of the interval.</summary>
    internal static double LogRatio(double hits, double misses, double share) =>
        LogGamma.Beta(hits + Prior, misses + Prior) - LogGamma.Beta(Prior, Prior)
        - (hits == 0 ? 0 : hits * Math.Log(share)) - (misses == 0 ? 0 : misses * Math.Log(1 - share));
}
