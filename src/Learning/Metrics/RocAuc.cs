namespace Trainyard.Learning.Metrics;

/// <summary>Area under the receiver operating characteristic.</summary>
/// <remarks>
/// Computed from mid-ranks, so that tied scores count one half (Fawcett, An introduction to ROC analysis, 2006;
/// Mann and Whitney, 1947). For more than two classes: the unweighted mean over the classes of one-vs-rest areas.
/// </remarks>
public static class RocAuc
{
    /// <summary>The area for a binary label.</summary>
    /// <param name="positive">True for rows of the positive class.</param>
    /// <param name="scores">The larger, the more positive; not <see cref="double.NaN"/>.</param>
    /// <returns>0 to 1, or null when one of the two classes does not occur.</returns>
    public static double? Binary(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        bool[] labels = positive.ToArray();
        Array.Sort(sorted, labels);
        double positives = 0;
        double rankSum = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            int hits = 0;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                hits += labels[end] ? 1 : 0;
                end++;
            }

            // Ranks are 1-based: the tied rows start+1 … end share their mean.
            rankSum += hits * ((start + 1 + end) / 2.0);
            positives += hits;
            start = end;
        }

        double negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0
            ? null
            : (rankSum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }

    /// <summary>The area for class indices with one probability per class.</summary>
    /// <param name="actual">The true class of each row.</param>
    /// <param name="probabilities">Row-major, <paramref name="classCount"/> values per row.</param>
    /// <param name="classCount">At least 2. With 2, class 1 is the positive one.</param>
    /// <returns>0 to 1, or null when a class does not occur.</returns>
    public static double? OneVersusRest(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilities, int classCount)
    {
        double sum = 0;
        int first = classCount == 2 ? 1 : 0;
        for (int label = first; label < classCount; label++)
        {
            if (OneClass(actual, probabilities, classCount, label) is not { } area)
            {
                return null;
            }

            sum += area;
        }

        return sum / (classCount - first);
    }

    private static double? OneClass(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilities, int classCount, int label)
    {
        bool[] positive = new bool[actual.Length];
        double[] scores = new double[actual.Length];
        for (int row = 0; row < actual.Length; row++)
        {
            positive[row] = actual[row] == label;
            scores[row] = probabilities[(row * classCount) + label];
        }

        return Binary(positive, scores);
    }
}
