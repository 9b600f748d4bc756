using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>How quickly level, slope and season follow what is observed.</summary>
/// <remarks>
/// The usual region, 0 &lt; α &lt; 1, 0 &lt; β &lt; α, 0 &lt; γ &lt; 1 - α and 0.8 &lt; φ &lt; 0.98, is reached from free numbers
/// through logistic curves, so that a search needs no bounds. Source of the bounds: Hyndman, Koehler, Ord and Snyder,
/// Forecasting with exponential smoothing, 2008, sections 2.2.2 and 2.7; Hyndman and Athanasopoulos, Forecasting:
/// principles and practice, 3rd edition, section 8.2 (φ).
/// </remarks>
/// <param name="Alpha">Of the level.</param>
/// <param name="Beta">Of the slope; 0 without one.</param>
/// <param name="Gamma">Of the season; 0 without one.</param>
/// <param name="Phi">What is left of the slope at each step: 1 undamped, 0 without slope.</param>
internal readonly record struct SmoothingWeights(double Alpha, double Beta, double Gamma, double Phi)
{
    public const double LeastPhi = 0.8;
    public const double MostPhi = 0.98;

    /// <summary>Keeps logistic curves from their ends, where they no longer move.</summary>
    private const double Margin = 1e-4;

    /// <summary>The weights at free numbers, in the order α, β, γ, φ as far as the form has them.</summary>
    /// <param name="form">Which weights there are.</param>
    /// <param name="free">At least <see cref="SmoothingForm.WeightCount"/> numbers.</param>
    /// <param name="slopes">Null, or receives the partial derivatives.</param>
    public static SmoothingWeights At(SmoothingForm form, ReadOnlySpan<double> free, WeightSlopes? slopes)
    {
        int next = 0;
        (double alpha, double alphaSlope) = Between(free[next], Margin, 1 - Margin);
        slopes?.Alpha[next] = alphaSlope;
        next++;
        double beta = 0;
        if (form.HasTrend)
        {
            (double share, double slope) = Between(free[next], Margin, 1 - Margin);
            beta = alpha * share;
            slopes?.Beta[0] = alphaSlope * share;
            slopes?.Beta[next] = alpha * slope;
            next++;
        }

        double gamma = 0;
        if (form.HasSeason)
        {
            (double share, double slope) = Between(free[next], Margin, 1 - Margin);
            gamma = (1 - alpha) * share;
            slopes?.Gamma[0] = -alphaSlope * share;
            slopes?.Gamma[next] = (1 - alpha) * slope;
            next++;
        }

        double phi = form.HasTrend ? 1 : 0;
        if (form.Trend == TrendKind.Damped)
        {
            (phi, double slope) = Between(free[next], LeastPhi, MostPhi);
            slopes?.Phi[next] = slope;
        }

        return new SmoothingWeights(alpha, beta, gamma, phi);
    }

    /// <summary>The free numbers at which <see cref="At"/> gives roughly these weights.</summary>
    public double[] ToFree(SmoothingForm form)
    {
        List<double> free = [Logit(Alpha)];
        if (form.HasTrend)
        {
            free.Add(Logit(Beta / Alpha));
        }

        if (form.HasSeason)
        {
            free.Add(Logit(Gamma / (1 - Alpha)));
        }

        if (form.Trend == TrendKind.Damped)
        {
            free.Add(Logit((Phi - LeastPhi) / (MostPhi - LeastPhi)));
        }

        return [.. free];
    }

    private static (double Value, double Slope) Between(double free, double least, double most)
    {
        double share = Links.Sigmoid(free);
        return (least + ((most - least) * share), (most - least) * share * (1 - share));
    }

    private static double Logit(double share) => Math.Log(share / (1 - share));
}
