namespace Trainyard.Learning.Forecasting;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>The value below which a share of draws lies, to about 1e-9.</summary>
    /// <remarks>Source: Acklam, An algorithm for computing the inverse normal cumulative distribution function, 2003.</remarks>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Quantile(double probability)
    {
        const double Tail = 0.02425;
        if (probability < Tail)
        {
            return TailQuantile(Math.Sqrt(-2 * Math.Log(probability)));
        }

        if (probability > 1 - Tail)
        {
            return -TailQuantile(Math.Sqrt(-2 * Math.Log(1 - probability)));
        }

        double q = probability - 0.5;
        double r = q * q;
        double numerator = ((((((((((-39.69683028665376 * r) + 220.9460984245205) * r) - 275.9285104469687) * r) + 138.3577518672690) * r) - 30.66479806614716) * r) + 2.506628277459239) * q;
        double denominator = (((((((((-54.47609879822406 * r) + 161.5858368580409) * r) - 155.6989798598866) * r) + 66.80131188771972) * r) - 13.28068155288572) * r) + 1;
        return numerator / denominator;
    }

    private static double TailQuantile(double q)
    {
        double numerator = (((((((((-0.007784894002430293 * q) - 0.3223964580411365) * q) - 2.400758277161838) * q) - 2.549732539343734) * q) + 4.374664141464968) * q) + 2.938163982698783;
        double denominator = (((((((0.007784695709041462 * q) + 0.3224671290700398) * q) + 2.445134137142996) * q) + 3.754408661907416) * q) + 1;
        return numerator / denominator;
    }
}
