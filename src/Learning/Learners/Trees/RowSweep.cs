using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Finds the best cut of a number straight from a node's rows, looking only at bins that hold any. For one thread.</summary>
/// <remarks>
/// The nodes of a forest are mostly small, and most of their bins are empty: clearing and scanning whole histograms would
/// take longer than adding the rows. The gain is that of <see cref="SplitFinder"/>, for one pull or two: a row is the vector
/// (pull, pull or 0, Hessian, 1), so that one addition adds all.
/// </remarks>
internal sealed class RowSweep(GrowerOptions options, int rowCount)
{
    /// <summary>Pulls that a row's vector has room for.</summary>
    public const int MaximumWidth = 2;

    private const int HessianPlace = 2;
    private const int RowsPlace = 3;
    private const int BinsPerWord = 64;
    private const int AllBins = FeatureBins.MaximumBins + 1;

    private readonly Vector256<double>[] rows = new Vector256<double>[rowCount];
    private readonly Vector256<double>[] node = new Vector256<double>[rowCount];
    private readonly Vector256<double>[] sums = new Vector256<double>[AllBins];
    private readonly byte[] occupied = new byte[AllBins];
    private Vector256<double> total;
    private int count;

    /// <summary>Turns to other targets.</summary>
    public void Begin(Targets targets)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            double second = targets.Width == 1 ? 0 : targets.Pulls[(row * targets.Width) + 1];
            rows[row] = Vector256.Create(targets.Pulls[row * targets.Width], second, targets.Hessians[row], 1);
        }
    }

    /// <summary>Turns to another node.</summary>
    public void Enter(ReadOnlySpan<int> members)
    {
        count = members.Length;
        total = Vector256<double>.Zero;
        for (int index = 0; index < members.Length; index++)
        {
            Vector256<double> row = rows[members[index]];
            node[index] = row;
            total += row;
        }
    }

    /// <summary>The best split of a number, or null when none gains anything.</summary>
    /// <param name="feature">The feature's index.</param>
    /// <param name="bins">Its bins.</param>
    /// <param name="column">The bin of every row of the table.</param>
    /// <param name="members">The rows of the node that was entered.</param>
    public Split? Find(int feature, FeatureBins bins, ReadOnlySpan<byte> column, ReadOnlySpan<int> members)
    {
        ReadOnlySpan<byte> present = Fill(column, members);
        bool hasMissing = present[^1] == bins.MissingBin;
        ReadOnlySpan<byte> values = hasMissing ? present[..^1] : present;
        double parentScore = Score(total);
        FoundAt best = new(Math.Max(options.MinimumGain, SplitFinder.RelativeNoise * parentScore), -1, false, Vector256<double>.Zero);
        Try(values, Vector256<double>.Zero, missingLeft: false, parentScore, ref best);
        if (hasMissing)
        {
            Try(values, sums[bins.MissingBin], missingLeft: true, parentScore, ref best);
        }

        foreach (byte bin in present)
        {
            sums[bin] = Vector256<double>.Zero;
        }

        if (best.Bin < 0)
        {
            return null;
        }

        bool missingLeft = hasMissing ? best.MissingLeft : 2 * best.Left[RowsPlace] > count;
        return Center(new Split(feature, best.Gain, best.Bin, null, missingLeft), bins, values);
    }

    /// <summary>Moves a cut to the middle between the node's own values on both sides, as <see cref="SplitFinder"/> does.</summary>
    private static Split Center(Split split, FeatureBins bins, ReadOnlySpan<byte> values)
    {
        int place = values.BinarySearch((byte)split.Bin);
        if (place + 1 >= values.Length)
        {
            return split;
        }

        (int bin, double threshold) = bins.CutBetween(split.Bin, values[place + 1]);
        return split with { Bin = bin, Threshold = threshold };
    }

    /// <summary>Adds the rows to their bins; the bins that hold any, ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<byte> Fill(ReadOnlySpan<byte> column, ReadOnlySpan<int> members)
    {
        Span<ulong> held = stackalloc ulong[AllBins / BinsPerWord];
        ReadOnlySpan<Vector256<double>> own = node.AsSpan(0, members.Length);
        Vector256<double>[] target = sums;
        for (int index = 0; index < members.Length; index++)
        {
            byte bin = column[members[index]];
            target[bin] += own[index];
            held[bin / BinsPerWord] |= 1UL << (bin % BinsPerWord);
        }

        int length = 0;
        for (int word = 0; word < held.Length; word++)
        {
            for (ulong left = held[word]; left != 0; left &= left - 1)
            {
                occupied[length++] = (byte)((word * BinsPerWord) + BitOperations.TrailingZeroCount(left));
            }
        }

        return occupied.AsSpan(0, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Try(ReadOnlySpan<byte> values, Vector256<double> start, bool missingLeft, double parentScore, ref FoundAt best)
    {
        Vector256<double> left = start;
        foreach (byte bin in values)
        {
            left += sums[bin];
            Vector256<double> right = total - left;
            if (left[RowsPlace] < options.MinimumRowsPerLeaf || right[RowsPlace] < Math.Max(options.MinimumRowsPerLeaf, 1)
                || left[HessianPlace] < options.MinimumChildWeight || right[HessianPlace] < options.MinimumChildWeight)
            {
                continue;
            }

            double gain = 0.5 * (Score(left) + Score(right) - parentScore);
            if (gain > best.Gain)
            {
                best = new FoundAt(gain, bin, missingLeft, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Score(Vector256<double> sum)
    {
        double whole = sum[HessianPlace] + options.L2;
        return whole > 0 ? ((sum[0] * sum[0]) + (sum[1] * sum[1])) / whole : 0;
    }

    private readonly record struct FoundAt(double Gain, int Bin, bool MissingLeft, Vector256<double> Left);
}
