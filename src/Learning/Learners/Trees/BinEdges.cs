namespace Trainyard.Learning.Learners.Trees;

/// <summary>The least and the greatest value of every bin of numbers, as far as they are known.</summary>
internal sealed record BinEdges(double[] Least, double[] Greatest)
{
    /// <summary>Those of no bins.</summary>
    public static BinEdges None { get; } = new([], []);

    /// <summary>The values next to the cuts.</summary>
    /// <param name="sorted">All values, ascending.</param>
    /// <param name="cuts">Ascending, each parting some of the values from others.</param>
    public static BinEdges AtValues(ReadOnlySpan<double> sorted, double[] cuts)
    {
        if (sorted.IsEmpty)
        {
            return None;
        }

        double[] least = new double[cuts.Length + 1];
        double[] greatest = new double[cuts.Length + 1];
        least[0] = sorted[0];
        greatest[^1] = sorted[^1];
        int bin = 0;
        for (int index = 1; index < sorted.Length && bin < cuts.Length; index++)
        {
            if (sorted[index] > cuts[bin])
            {
                greatest[bin++] = sorted[index - 1];
                least[bin] = sorted[index];
            }
        }

        return new BinEdges(least, greatest);
    }

    /// <summary>The cuts themselves, where values may lie anywhere between them.</summary>
    /// <param name="sorted">A sample of the values, ascending.</param>
    /// <param name="cuts">Ascending.</param>
    public static BinEdges AtCuts(ReadOnlySpan<double> sorted, double[] cuts) =>
        sorted.IsEmpty ? None : new BinEdges([sorted[0], .. cuts], [.. cuts, sorted[^1]]);
}
