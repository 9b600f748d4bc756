namespace Trainyard.Domain.Evidence;

/// <summary>Whether units came to groups as they should have, tested so that looking often costs nothing.</summary>
/// <remarks>
/// Under the right shares the ratio of the likelihood averaged over a Dirichlet prior around them to the likelihood at them is a martingale that begins at 1, so by Ville's
/// inequality it ever reaches 1/α with probability at most α. Source: Lindon and Malek, Anytime-valid inference for multinomial count data, NeurIPS 2022.
/// </remarks>
public static class SampleRatio
{
    /// <summary>Below this it is proven that something keeps units from their groups; as is usual for this check, for it ends an experiment.</summary>
    public const double Alpha = 0.001;

    // As if so many units had been seen in the right shares: the check is at its keenest for deviations that about so many show.
    private const double Concentration = 100;

    /// <summary>A p-value that holds at every moment at once.</summary>
    /// <param name="counts">Units of each group.</param>
    /// <param name="shares">The share of each group: positive, together 1.</param>
    public static double PValue(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        if (shares.Count != counts.Count)
        {
            throw new ArgumentException("Each group must have a share.", nameof(shares));
        }

        double log = LogGamma.Of(Concentration) - LogGamma.Of(Concentration + counts.Sum());
        for (int group = 0; group < counts.Count; group++)
        {
            double prior = Concentration * shares[group];
            log += LogGamma.Of(prior + counts[group]) - LogGamma.Of(prior) - (counts[group] * Math.Log(shares[group]));
        }

        return Math.Min(1, Math.Exp(-log));
    }
}
