using Trainyard.Learning.Data;

namespace Trainyard.Learning.Forecasting;

/// <summary>The size of errors whose mean should be 0.</summary>
internal static class RootMeanSquare
{
    /// <summary>sqrt(mean(x²)), at most the largest number; 0 of no values.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        // mean(x²) = mean(x)² + deviation², and neither part overflows on the way.
        (double mean, double deviation) = Statistics.MeanAndDeviation(values);
        return Math.Min(double.Hypot(mean, deviation), double.MaxValue);
    }
}
