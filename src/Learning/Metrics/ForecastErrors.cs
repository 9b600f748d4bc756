namespace Trainyard.Learning.Metrics;

/// <summary>How far foretold values are from the true ones, free of their unit. Every method needs at least one value.</summary>
/// <remarks>Source: Hyndman and Koehler, Another look at measures of forecast accuracy, 2006.</remarks>
public static class ForecastErrors
{
    /// <summary>The symmetric error of a value that is predicted with the wrong sign, or to be 0 where it is not.</summary>
    public const double LargestSmape = 2;

    /// <summary>Symmetric mean absolute percentage error as a share: mean(2 |y - p| / (|y| + |p|)), 0 where both are 0.</summary>
    /// <returns>From 0 to 2.</returns>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (int step = 0; step < actual.Length; step++)
        {
            double size = Math.Abs(actual[step]) + Math.Abs(predicted[step]);
            sum += size == 0 ? 0 : 2 * Math.Abs(actual[step] - predicted[step]) / size;
        }

        return sum / actual.Length;
    }

    /// <summary>Mean absolute scaled error: the mean absolute error over that of the seasonal naive forecast within the training values.</summary>
    /// <param name="actual">The true values.</param>
    /// <param name="predicted">One per true value.</param>
    /// <param name="training">The values before.</param>
    /// <param name="seasonLength">Steps per season; 1 without one.</param>
    /// <returns>Below 1 is better than the naive forecast; null where that makes no error or has no value to be seen on.</returns>
    public static double? Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> training, int seasonLength)
    {
        if (training.Length <= seasonLength)
        {
            return null;
        }

        double scale = RegressionErrors.Mae(training[seasonLength..], training[..^seasonLength]);
        return scale == 0 ? null : RegressionErrors.Mae(actual, predicted) / scale;
    }
}
