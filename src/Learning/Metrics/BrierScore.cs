namespace Trainyard.Learning.Metrics;

/// <summary>Mean squared distance between predicted probabilities and what happened.</summary>
/// <remarks>
/// Source: Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950. For two
/// classes it is halved, (p - o)² of the second class alone, as is usual and as in scikit-learn.
/// </remarks>
public static class BrierScore
{
    /// <summary>The score over all rows: 0 is perfect.</summary>
    /// <param name="actual">The true class of each row; at least one row.</param>
    /// <param name="probabilities">Row-major, <paramref name="classCount"/> values per row.</param>
    /// <param name="classCount">The number of classes.</param>
    public static double Mean(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilities, int classCount)
    {
        double sum = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            for (int index = classCount == 2 ? 1 : 0; index < classCount; index++)
            {
                double distance = probabilities[(row * classCount) + index] - (actual[row] == index ? 1 : 0);
                sum += distance * distance;
            }
        }

        return sum / actual.Length;
    }
}
