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
    private readonly bool isPlain = growth.L1 == 0 && growth.Monotone is null;

    /// <summary>The best split of <paramref name="feature"/> if it gains more than <paramref name="best"/>, else that.</summary>
    public FoundSplit? Find(int feature, FeatureBins bins, ReadOnlySpan<Vector128<long>> sums, GrowthNode node, GradientPairs pairs, FoundSplit? best)
    {
        Vector128<long> missing = sums[bins.MissingBin];
        bool hasMissing = pairs.RowsOf(missing) > 0;
        int[]? order = bins.IsCategory ? Order(bins, sums, pairs) : null;
        SplitScan scan = new(growth, pairs, node, feature, missing);
        FoundCut cut = FoundCut.None(Math.Max(scan.Least, best?.Split.Gain ?? double.NegativeInfinity));
        if (isPlain && order is null)
        {
            CutSweep sweep = new(growth, pairs, node.Total, scan.ParentScore);
            sweep.Try(sums[..bins.ValueBins], Vector128<long>.Zero, missingLeft: false, ref cut);
            if (hasMissing)
            {
                sweep.Try(sums[..bins.ValueBins], missing, missingLeft: true, ref cut);
            }
        }
        else
        {
            scan.Try(sums[..bins.ValueBins], order, Vector128<long>.Zero, missingLeft: false, ref cut);
            if (hasMissing)
            {
                scan.Try(sums[..bins.ValueBins], order, missing, missingLeft: true, ref cut);
            }
        }

        if (cut.Position < 0)
        {
            return best;
        }

        bool missingLeft = hasMissing ? cut.MissingLeft : 2 * pairs.RowsOf(cut.Left) > node.Count;
        Split split = order is null
            ? new Split(feature, cut.Gain, cut.Position, null, missingLeft)
            : new Split(feature, cut.Gain, 0, new BinSet(order.AsSpan(0, cut.Position + 1)), missingLeft);
        return new FoundSplit(split, cut.Left, scan.PartsMissing(cut));
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
