namespace Trainyard.Learning.Metrics;

/// <summary>Mean negative log-likelihood of the true class, in nats.</summary>
/// <remarks>Source: Bishop, Pattern Recognition and Machine Learning, 2006, equation 4.108.</remarks>
public static class LogLoss
{
    /// <summary>Probabilities are raised to this before the logarithm, so that one sure mistake costs 34 nats, not infinity (as scikit-learn with doubles).</summary>
    public const double SmallestProbability = 2.220446049250313e-16;

    /// <summary>The loss over all rows.</summary>
    /// <param name="actual">The true class of each row; at least one row.</param>
    /// <param name="probabilities">Row-major, <paramref name="classCount"/> values per row.</param>
    /// <param name="classCount">The number of classes.</param>
    public static double Mean(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilities, int classCount)
    {
        double sum = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            sum -= Math.Log(Math.Max(probabilities[(row * classCount) + actual[row]], SmallestProbability));
        }

        return sum / actual.Length;
    }
}
