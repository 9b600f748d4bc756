using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Tries one random cut of a number, from sums over the node's rows alone: a histogram would hold far more than is asked. Holds scratch space: one per thread.</summary>
internal sealed class RandomCut(int width)
{
    private readonly int stride = HistogramLayout.StrideOf(width);
    private readonly double[] sums = new double[3 * HistogramLayout.StrideOf(width)];

    /// <summary>The split at one of the cuts between the lowest and the highest bin that hold rows, each equally likely; null when it gains nothing.</summary>
    public Split? Find(int feature, FeatureBins bins, ReadOnlySpan<byte> column, ReadOnlySpan<int> rows, Targets targets, SplitFinder finder, DeterministicRandom random)
    {
        int first = int.MaxValue;
        int last = -1;
        foreach (int row in rows)
        {
            int bin = column[row];
            if (bin != bins.MissingBin)
            {
                first = Math.Min(first, bin);
                last = Math.Max(last, bin);
            }
        }

        if (last < 0)
        {
            return null;
        }

        int cut = last > first ? first + random.NextInt(last - first) : first;
        AddUp(column, rows, targets, cut, bins.MissingBin);
        return finder.FindAt(feature, cut, sums);
    }

    private void AddUp(ReadOnlySpan<byte> column, ReadOnlySpan<int> rows, Targets targets, int cut, int missingBin)
    {
        Array.Clear(sums);
        foreach (int row in rows)
        {
            int bin = column[row];
            int part = bin <= cut ? 0 : bin == missingBin ? 2 : 1;
            Span<double> own = sums.AsSpan(part * stride, stride);
            ReadOnlySpan<double> pulls = targets.Pulls.AsSpan(row * width, width);
            for (int index = 0; index < pulls.Length; index++)
            {
                own[index] += pulls[index];
            }

            own[width] += targets.Hessians[row];
            own[width + 1]++;
        }
    }
}
