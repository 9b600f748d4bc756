namespace Trainyard.Learning.Metrics;

/// <summary>How far predicted numbers are from the true ones. Every method needs at least one row.</summary>
/// <remarks>Source: Hyndman and Koehler, Another look at measures of forecast accuracy, 2006.</remarks>
public static class RegressionErrors
{
    /// <summary>Relative errors are taken against at least this, so that a true 0 does not give infinity (as scikit-learn).</summary>
    public const double SmallestDenominator = 2.220446049250313e-16;

    /// <summary>Root of the mean squared error: sqrt(mean((y - p)²)).</summary>
    public static double Rmse(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) =>
        Math.Sqrt(SquaredSum(actual, predicted) / actual.Length);

    /// <summary>Mean absolute error: mean(|y - p|).</summary>
    public static double Mae(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            sum += Math.Abs(actual[row] - predicted[row]);
        }

        return sum / actual.Length;
    }

    /// <summary>Coefficient of determination: 1 - Σ(y - p)² / Σ(y - mean(y))².</summary>
    /// <returns>At most 1, or null when the true values do not vary.</returns>
    public static double? R2(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double mean = 0;
        foreach (double value in actual)
        {
            mean += value / actual.Length;
        }

        double total = 0;
        foreach (double value in actual)
        {
            total += (value - mean) * (value - mean);
        }

        return total == 0 ? null : 1 - (SquaredSum(actual, predicted) / total);
    }

    /// <summary>Mean absolute percentage error as a share: mean(|y - p| / max(|y|, ε)).</summary>
    public static double Mape(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            sum += Math.Abs(actual[row] - predicted[row]) / Math.Max(Math.Abs(actual[row]), SmallestDenominator);
        }

        return sum / actual.Length;
    }

    private static double SquaredSum(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            double error = actual[row] - predicted[row];
            sum += error * error;
        }

        return sum;
    }
}
