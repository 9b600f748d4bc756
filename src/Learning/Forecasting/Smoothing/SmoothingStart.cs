namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>First guesses of level, slope and seasons from the beginning of a series.</summary>
/// <remarks>Source: Hyndman et al., 2008, section 2.6.1: classical decomposition of the first seasons, then a line through the first values without season.</remarks>
internal static class SmoothingStart
{
    private const int SeasonsUsed = 4;
    private const int LeastLine = 10;

    /// <summary>Level and slope before the first step.</summary>
    public static (double Level, double Trend) Line(double[] values, SmoothingForm form, double[] seasons)
    {
        int count = Math.Min(values.Length, Math.Max(LeastLine, 2 * form.SeasonLength));
        double[] adjusted = new double[count];
        for (int index = 0; index < count; index++)
        {
            adjusted[index] = form.Season switch
            {
                SeasonKind.Additive => values[index] - seasons[index % seasons.Length],
                SeasonKind.Multiplicative => values[index] / seasons[index % seasons.Length],
                _ => values[index],
            };
        }

        if (!form.HasTrend)
        {
            return (adjusted.Average(), 0);
        }

        double middle = (count + 1) / 2.0;
        double mean = adjusted.Average();
        double across = 0;
        double along = 0;
        for (int index = 0; index < count; index++)
        {
            across += (index + 1 - middle) * (adjusted[index] - mean);
            along += (index + 1 - middle) * (index + 1 - middle);
        }

        double slope = along > 0 ? across / along : 0;
        double level = mean - (slope * middle);

        // A line that begins at or below 0 is no beginning for what must be positive.
        return form.NeedsPositive && level + slope <= 0 ? (adjusted[0], 0) : (level, slope);
    }

    /// <summary>One season each, summing to 0, or to their number where they multiply; empty without seasons.</summary>
    /// <param name="values">At least two seasons.</param>
    /// <param name="form">How the season acts.</param>
    public static double[] Seasons(double[] values, SmoothingForm form)
    {
        if (!form.HasSeason)
        {
            return [];
        }

        int length = form.SeasonLength;
        bool multiplies = form.Season == SeasonKind.Multiplicative;
        double[] sums = new double[length];
        int[] counts = new int[length];
        int used = Math.Min(values.Length, SeasonsUsed * length);
        for (int index = length / 2; index + (length / 2) < used; index++)
        {
            double average = CentredAverage(values, index, length);
            sums[index % length] += multiplies ? values[index] / average : values[index] - average;
            counts[index % length]++;
        }

        double[] seasons = [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : multiplies ? 1 : 0)];
        double mean = seasons.Average();
        return multiplies ? Array.ConvertAll(seasons, season => season / mean) : Array.ConvertAll(seasons, season => season - mean);
    }

    /// <summary>The mean of one season around a point; of an even number, the ends count half.</summary>
    private static double CentredAverage(double[] values, int index, int length)
    {
        int half = length / 2;
        double sum = 0;
        for (int offset = -half; offset <= half; offset++)
        {
            double share = length % 2 == 0 && Math.Abs(offset) == half ? 0.5 : 1;
            sum += share * values[index + offset];
        }

        return sum / length;
    }
}
