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
    /// <summary>Rows of a category that are always enough to say where it stands (scikit-learn's).</summary>
    private const int TrustedRows = 10;

    private readonly bool isPlain = growth.L1 == 0 && growth.Monotone is null;

    /// <summary>The best split of <paramref name="feature"/> if it gains more than <paramref name="best"/>, else that.</summary>
    public FoundSplit? Find(int feature, FeatureBins bins, ReadOnlySpan<Vector128<long>> sums, GrowthNode node, GradientPairs pairs, FoundSplit? best)
    {
        Vector128<long> missing = sums[bins.MissingBin];
        bool hasMissing = pairs.RowsOf(missing) > 0;
        int[]? order = bins.IsCategory ? Order(bins, sums, node, pairs) : null;
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

        bool moreLeft = 2 * pairs.RowsOf(cut.Left) > node.Count;
        bool missingLeft = hasMissing ? cut.MissingLeft : moreLeft;
        Split split = order is null
            ? new Split(feature, cut.Gain, cut.Position, null, missingLeft)
            : new Split(feature, cut.Gain, 0, BinSet.FirstOf(order, cut.Position + 1, bins.ValueBins, moreLeft), missingLeft);
        return new FoundSplit(split, cut.Left, scan.PartsMissing(cut));
    }

    /// <summary>
    /// The bins that hold rows, by their mean pull; equal ones by number. Those too small to be trusted count as the node itself,
    /// or labels of a few rows would decide their place, and with it what they are predicted to be.
    /// </summary>
    private int[] Order(FeatureBins bins, ReadOnlySpan<Vector128<long>> sums, GrowthNode node, GradientPairs pairs)
    {
        double[] means = new double[bins.ValueBins];
        double usual = Mean(node.Total, pairs);
        List<int> present = [];
        for (int bin = 0; bin < bins.ValueBins; bin++)
        {
            long rows = pairs.RowsOf(sums[bin]);
            if (rows > 0)
            {
                bool isTrusted = rows >= Math.Min(growth.MinimumRowsPerLeaf, TrustedRows) && pairs.HessianOf(sums[bin]) >= growth.MinimumChildWeight;
                means[bin] = isTrusted ? Mean(sums[bin], pairs) : usual;
                present.Add(bin);
            }
        }

        return [.. present.OrderBy(bin => means[bin]).ThenBy(bin => bin)];
    }

    private double Mean(Vector128<long> sum, GradientPairs pairs)
    {
        double weight = pairs.HessianOf(sum) + growth.CategorySmoothing;
        return weight > 0 ? pairs.PullOf(sum) / weight : 0;
    }
}
