namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>How a metric moved over a pipeline's history.</summary>
public static class Trend
{
    private const int Decimals = 2;

    /// <summary>
    /// The change from the first value to the last, in percent of the first value's magnitude, rounded to two decimals:
    /// <c>(last − first) / |first| × 100</c>; 0.89 then 0.92 is 3.37.
    /// </summary>
    /// <param name="values">The metric of each run, oldest first.</param>
    /// <returns>
    /// Positive when the number grew, whatever direction is better for the metric; null with fewer than two values, or
    /// when the first is 0 or the change is not a finite number.
    /// </returns>
    public static double? Percent(IReadOnlyList<double> values)
    {
        if (values.Count < 2 || values[0] == 0)
        {
            return null;
        }

        double percent = (values[^1] - values[0]) / Math.Abs(values[0]) * 100;
        return double.IsFinite(percent) ? Math.Round(percent, Decimals, MidpointRounding.AwayFromZero) : null;
    }
}
