namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Quantiles of weighted values.</summary>
internal static class WeightedQuantile
{
    /// <summary>
    /// The smallest value below or at which at least the share <paramref name="quantile"/> of the weight lies; halfway to
    /// the next where it is exactly that share, so that the median of an even number is the usual one.
    /// </summary>
    /// <param name="values">At least one; sorted on return.</param>
    /// <param name="weights">Of at least 0; reordered along.</param>
    /// <param name="quantile">Between 0 and 1.</param>
    public static double Of(Span<double> values, Span<double> weights, double quantile)
    {
        values.Sort(weights);
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double wanted = quantile * total;
        double below = 0;
        for (int index = 0; index < values.Length - 1; index++)
        {
            below += weights[index];
            if (below > wanted)
            {
                return values[index];
            }

            if (below == wanted && below > 0)
            {
                return (values[index] / 2) + (values[index + 1] / 2);
            }
        }

        return values[^1];
    }
}
