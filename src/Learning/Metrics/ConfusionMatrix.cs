namespace Trainyard.Learning.Metrics;

/// <summary>How often each true class was predicted as each class.</summary>
/// <remarks>
/// Source of the derived numbers: Sokolova and Lapalme, A systematic analysis of performance measures for
/// classification tasks, 2009. A share whose denominator is 0 is 0.
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly int[] counts;

    private ConfusionMatrix(int classCount, int[] counts, int total)
    {
        ClassCount = classCount;
        this.counts = counts;
        Total = total;
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of rows counted.</summary>
    public int Total { get; }

    /// <summary>Rows of class <paramref name="actual"/> that were predicted as <paramref name="predicted"/>.</summary>
    public int this[int actual, int predicted] => counts[(actual * ClassCount) + predicted];

    /// <summary>Counts pairs of true and predicted class indices.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ConfusionMatrix Count(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, int classCount)
    {
        if (actual.Length != predicted.Length)
        {
            throw new ArgumentException($"{actual.Length} true classes but {predicted.Length} predictions.", nameof(predicted));
        }

        int[] tally = new int[classCount * classCount];
        for (int row = 0; row < actual.Length; row++)
        {
            tally[(actual[row] * classCount) + predicted[row]]++;
        }

        return new ConfusionMatrix(classCount, tally, actual.Length);
    }

    /// <summary>Share of rows on the diagonal.</summary>
    public double Accuracy() => Share(Enumerable.Range(0, ClassCount).Sum(label => this[label, label]), Total);

    /// <summary>Rows whose true class is <paramref name="label"/>.</summary>
    public int Support(int label) => Enumerable.Range(0, ClassCount).Sum(predicted => this[label, predicted]);

    /// <summary>Rows that were predicted as <paramref name="label"/>.</summary>
    public int Predicted(int label) => Enumerable.Range(0, ClassCount).Sum(actual => this[actual, label]);

    /// <summary>Of the rows predicted as <paramref name="label"/>, the share that is.</summary>
    public double Precision(int label) => Share(this[label, label], Predicted(label));

    /// <summary>Of the rows that are <paramref name="label"/>, the share predicted so.</summary>
    public double Recall(int label) => Share(this[label, label], Support(label));

    /// <summary>Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).</summary>
    public double F1(int label) => Share(2 * this[label, label], Predicted(label) + Support(label));

    /// <summary>One row per true class, one column per predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ToRows()
    {
        int[][] rows = new int[ClassCount][];
        for (int label = 0; label < ClassCount; label++)
        {
            rows[label] = counts.AsSpan(label * ClassCount, ClassCount).ToArray();
        }

        return rows;
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
