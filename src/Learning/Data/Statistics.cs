namespace Trainyard.Learning.Data;

/// <summary>Statistics of one column of finite numbers.</summary>
internal static class Statistics
{
    /// <summary>
    /// The value below which a share of the values lies, interpolated linearly: x[h] + (h - ⌊h⌋)(x[h+1] - x[h]) with
    /// h = (n - 1) p. Type 7 of Hyndman and Fan, Sample quantiles in statistical packages, 1996; the default of numpy.
    /// </summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="probability">0 to 1.</param>
    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        double position = (sorted.Length - 1) * probability;
        int below = (int)position;
        double fraction = position - below;
        double low = sorted[below];
        if (fraction == 0)
        {
            return low;
        }

        // Weighting both ends, unlike adding a part of their difference, cannot overflow.
        double high = sorted[below + 1];
        return low == high ? low : (low * (1 - fraction)) + (high * fraction);
    }

    /// <summary>Arithmetic mean and standard deviation with divisor n (of the population), in two passes.</summary>
    /// <param name="values">At least one value.</param>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0)
        {
            return (0, 0);
        }

        // A power of two scales without rounding and keeps the squares of any double from overflow and underflow.
        int exponent = Math.ILogB(largest);
        double sum = 0;
        foreach (double value in values)
        {
            sum += Math.ScaleB(value, -exponent);
        }

        double mean = sum / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            double difference = Math.ScaleB(value, -exponent) - mean;
            squares += difference * difference;
        }

        return (Math.ScaleB(mean, exponent), Math.ScaleB(Math.Sqrt(squares / values.Length), exponent));
    }

    /// <summary>Weighted mean and standard deviation (divisor: the weight), in two passes.</summary>
    /// <remarks>Source: Chan, Golub and LeVeque, Algorithms for computing the sample variance, The American Statistician 37, 1983.</remarks>
    /// <param name="values">At least one finite value.</param>
    /// <param name="weights">One of at least 0 per value, one of them above.</param>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double largest = 0;
        double total = 0;
        for (int index = 0; index < values.Length; index++)
        {
            largest = Math.Max(largest, Math.Abs(values[index]));
            total += weights[index];
        }

        // As above; the bounds keep the power itself and its reciprocal normal numbers.
        const int mostExponent = 1000;
        double unit = largest == 0 ? 1 : Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -mostExponent, mostExponent));
        double sum = 0;
        for (int index = 0; index < values.Length; index++)
        {
            sum += weights[index] * (values[index] / unit);
        }

        double mean = sum / total;
        double rest = 0;
        double squares = 0;
        for (int index = 0; index < values.Length; index++)
        {
            double difference = (values[index] / unit) - mean;
            rest += weights[index] * difference;
            squares += weights[index] * difference * difference;
        }

        // What the first pass lost to rounding, the second finds: Chan, Golub and LeVeque, 1983, equation 1.7.
        double correction = rest / total;
        return ((mean + correction) * unit, Math.Sqrt(Math.Max((squares / total) - (correction * correction), 0)) * unit);
    }
}
