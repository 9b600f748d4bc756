using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Finds the best split of one feature from its histogram. Thread safe.</summary>
/// <remarks>
/// Gain = ½ (score of the left + score of the right - score of the node), by <see cref="LeafRule"/>. The direction of
/// missing values is learned by trying both (Chen and Guestrin, XGBoost, KDD 2016, algorithm 3). Categories are put in the
/// order of their mean pull and cut like numbers, which is exact for one pull (Fisher, 1958).
/// </remarks>
internal sealed class GradientSplitFinder(Growth growth)
{
    /// <summary>The best split of <paramref name="feature"/>, or null when none gains enough.</summary>
    public FoundSplit? Find(int feature, FeatureBins bins, ReadOnlySpan<Vector128<long>> sums, GrowthNode node, GradientPairs pairs)
    {
        Vector128<long> missing = sums[bins.MissingBin];
        SplitScan scan = new(growth, pairs, node, feature, missing);
        bool hasMissing = pairs.RowsOf(missing) > 0;
        int[]? order = bins.IsCategory ? Order(bins, sums, pairs) : null;
        ScanBins(ref scan, sums[..bins.ValueBins], order, Vector128<long>.Zero, missingLeft: false);
        if (hasMissing)
        {
            ScanBins(ref scan, sums[..bins.ValueBins], order, missing, missingLeft: true);
        }

        if (scan.Position < 0)
        {
            return null;
        }

        bool missingLeft = hasMissing ? scan.MissingLeft : scan.MoreRowsLeft;
        Split split = order is null
            ? new Split(feature, scan.Gain, scan.Position, null, missingLeft)
            : new Split(feature, scan.Gain, 0, new BinSet(order.AsSpan(0, scan.Position + 1)), missingLeft);
        return new FoundSplit(split, scan.Left, scan.PartsMissing);
    }

    private static void ScanBins(ref SplitScan scan, ReadOnlySpan<Vector128<long>> sums, int[]? order, Vector128<long> left, bool missingLeft)
    {
        SplitScan local = scan;
        int count = order?.Length ?? sums.Length;
        for (int position = 0; position < count; position++)
        {
            Vector128<long> bin = sums[order is null ? position : order[position]];
            if (bin != Vector128<long>.Zero)
            {
                left += bin;
                local.Try(left, position, missingLeft);
            }
        }

        scan = local;
    }

    /// <summary>The bins that hold rows, by their mean pull; equal ones by number.</summary>
    private int[] Order(FeatureBins bins, ReadOnlySpan<Vector128<long>> sums, GradientPairs pairs)
    {
        double[] means = new double[bins.ValueBins];
        List<int> present = [];
        for (int bin = 0; bin < bins.ValueBins; bin++)
        {
            double weight = pairs.HessianOf(sums[bin]) + growth.CategorySmoothing;
            if (pairs.RowsOf(sums[bin]) > 0)
            {
                means[bin] = weight > 0 ? pairs.PullOf(sums[bin]) / weight : 0;
                present.Add(bin);
            }
        }

        return [.. present.OrderBy(bin => means[bin]).ThenBy(bin => bin)];
    }
}
