namespace Trainyard.Learning.Calibration;

/// <summary>The rising curve with the least squared error: straight between its points, level beyond them. Immutable.</summary>
/// <remarks>
/// Fitted by pooling adjacent violators: Ayer et al., An empirical distribution function for sampling with incomplete
/// information, Annals of Mathematical Statistics 26, 1955; for probabilities Zadrozny and Elkan, KDD 2002.
/// </remarks>
public sealed class IsotonicCurve
{
    private readonly double[] scores;
    private readonly double[] values;

    /// <summary>A curve that is known already.</summary>
    /// <param name="scores">At least one, ascending, all different.</param>
    /// <param name="values">One per score, not falling, 0 to 1.</param>
    /// <exception cref="LearningException"><c>calibration_invalid</c>: they are not so.</exception>
    public IsotonicCurve(IReadOnlyList<double> scores, IReadOnlyList<double> values)
    {
        (this.scores, this.values) = ([.. scores], [.. values]);
        bool valid = this.scores.Length > 0 && this.scores.Length == this.values.Length
            && Array.TrueForAll(this.scores, double.IsFinite) && Array.TrueForAll(this.values, value => value is >= 0 and <= 1)
            && this.scores.Zip(this.scores.Skip(1)).All(pair => pair.First < pair.Second)
            && this.values.Zip(this.values.Skip(1)).All(pair => pair.First <= pair.Second);
        if (!valid)
        {
            throw new LearningException("calibration_invalid", "The points of a rising curve must ascend and lie between 0 and 1.");
        }
    }

    /// <summary>Where the curve bends.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>The probability there.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The probability at a score.</summary>
    public double At(double score)
    {
        int index = Array.BinarySearch(scores, score);
        if (index >= 0)
        {
            return values[index];
        }

        int above = ~index;
        if (above == 0 || above == scores.Length)
        {
            return values[Math.Max(above - 1, 0)];
        }

        double part = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        return values[above - 1] + (part * (values[above] - values[above - 1]));
    }

    /// <summary>Fits the curve.</summary>
    /// <param name="scores">Finite scores, the larger the more positive; rows of one score count as their mean.</param>
    /// <param name="positive">Which rows are positive.</param>
    /// <param name="cancellationToken">Observed before and after sorting, and at every score.</param>
    /// <exception cref="LearningException"><c>calibration_one_class</c>: all rows are positive, or none.</exception>
    public static IsotonicCurve Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, CancellationToken cancellationToken = default)
    {
        CalibrationRows.CountPositives(positive);
        cancellationToken.ThrowIfCancellationRequested();
        double[] sorted = scores.ToArray();
        bool[] labels = positive.ToArray();
        Array.Sort(sorted, labels);
        List<Block> blocks = [];
        for (int start = 0; start < sorted.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = start;
            int hits = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                hits += labels[end] ? 1 : 0;
            }

            Block block = new(sorted[start], sorted[start], hits, end - start);
            while (blocks.Count > 0 && blocks[^1].Mean >= block.Mean)
            {
                block = new(blocks[^1].First, block.Last, blocks[^1].Positives + block.Positives, blocks[^1].Count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
            start = end;
        }

        // Level over each block, straight from one to the next.
        (double Score, double Value)[] points = [.. blocks.SelectMany(block => new[] { (block.First, block.Mean), (block.Last, block.Mean) }).Distinct()];
        return new IsotonicCurve([.. points.Select(point => point.Score)], [.. points.Select(point => point.Value)]);
    }

    private readonly record struct Block(double First, double Last, int Positives, int Count)
    {
        public double Mean => (double)Positives / Count;
    }
}
