using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Tries one random cut of a number, from sums over the node's rows alone: a histogram would hold far more than is asked. Holds scratch space: one per thread.</summary>
internal sealed class RandomCut(int width)
{
    private readonly int stride = HistogramLayout.StrideOf(width);
    private readonly double[] sums = new double[3 * HistogramLayout.StrideOf(width)];

    /// <summary>The split at a value drawn between the least and the greatest of the bins that hold rows, all equally likely; null when it gains nothing.</summary>
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

        (int Bin, double Threshold) cut = last > first ? Draw(bins, first, last, random) : (first, bins.UpperBound(first));
        AddUp(column, rows, targets, cut.Bin, bins.MissingBin);
        return finder.FindAt(feature, cut, sums);
    }

    private static (int Bin, double Threshold) Draw(FeatureBins bins, int first, int last, DeterministicRandom random)
    {
        double least = bins.Least(first);
        double value = least + (random.NextDouble() * (bins.Greatest(last) - least));

        // Between infinities, or numbers whose distance is none, every cut is as good.
        return double.IsFinite(value) ? bins.CutAt(value, first, last - 1) : (first, bins.UpperBound(first));
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
