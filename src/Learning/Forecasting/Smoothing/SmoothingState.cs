namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Level, slope and seasons on their way through a series. Mutable.</summary>
/// <remarks>
/// Source: Hyndman et al., 2008, tables 2.2 and 2.3, in the form of error correction: with the raw error d = y - ŷ, additive
/// and multiplicative noise move the states alike and differ in their likelihood only.
/// </remarks>
internal sealed class SmoothingState
{
    private readonly SmoothingForm form;
    private readonly double[] seasons;
    private int position;

    /// <param name="form">The member of the family.</param>
    /// <param name="level">The level before the first step.</param>
    /// <param name="trend">The slope before the first step.</param>
    /// <param name="seasons">The season of each of the coming steps; empty without seasons. Overwritten.</param>
    public SmoothingState(SmoothingForm form, double level, double trend, double[] seasons)
    {
        this.form = form;
        this.seasons = seasons;
        (Level, Trend) = (level, trend);
    }

    public double Level { get; private set; }

    public double Trend { get; private set; }

    /// <summary>The season that the next step is in; 0 without seasons.</summary>
    public double Season => form.HasSeason ? seasons[position] : 0;

    /// <summary>Where among the seasons the next step is.</summary>
    public int Position => position;

    /// <summary>The level that is expected of the next step, without season.</summary>
    public double Expected(double phi) => Level + (phi * Trend);

    /// <summary>The value that is expected of the next step.</summary>
    public double Fitted(double phi) => form.Season == SeasonKind.Multiplicative ? Expected(phi) * Season : Expected(phi) + Season;

    /// <summary>Whether the next step can be taken: what is multiplied or divided by must be above 0.</summary>
    public bool IsFeasible(double phi) =>
        (form.Season != SeasonKind.Multiplicative || (Expected(phi) > 0 && Season > 0))
        && (form.Error != ErrorKind.Multiplicative || Fitted(phi) > 0);

    /// <summary>Takes a step whose value was off by <paramref name="error"/>.</summary>
    public void Advance(SmoothingWeights weights, double error)
    {
        double expected = Expected(weights.Phi);
        double levelError = error;
        if (form.HasSeason)
        {
            double seasonError = error;
            if (form.Season == SeasonKind.Multiplicative)
            {
                levelError = error / seasons[position];
                seasonError = error / expected;
            }

            seasons[position] += weights.Gamma * seasonError;
            position = (position + 1) % seasons.Length;
        }

        Level = expected + (weights.Alpha * levelError);
        Trend = (weights.Phi * Trend) + (weights.Beta * levelError);
    }

    /// <summary>The season of each of the coming steps.</summary>
    public double[] ComingSeasons() => [.. seasons[position..], .. seasons[..position]];
}
