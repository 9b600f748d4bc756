using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Tries cuts one by one while the bins of one feature move from right to left.</summary>
internal readonly struct SplitScan
{
    /// <summary>Gains below this share of the node's own score are rounding errors, not structure.</summary>
    private const double RelativeNoise = 1e-12;

    private readonly Growth growth;
    private readonly GradientPairs pairs;
    private readonly LeafRule rule;
    private readonly LeafBounds bounds;
    private readonly bool isBounded;
    private readonly int direction;
    private readonly Vector128<long> total;
    private readonly long rows;
    private readonly long missingRows;

    public SplitScan(Growth growth, GradientPairs pairs, GrowthNode node, int feature, Vector128<long> missing)
    {
        this.growth = growth;
        this.pairs = pairs;
        rule = new LeafRule(growth.L1, growth.L2);
        bounds = node.Bounds;
        isBounded = growth.Monotone is not null;
        direction = growth.Monotone?[feature] ?? 0;
        total = node.Total;
        rows = pairs.RowsOf(total);
        missingRows = pairs.RowsOf(missing);
        double pull = pairs.PullOf(total);
        double hessian = pairs.HessianOf(total);
        ParentScore = isBounded ? rule.Score(pull, hessian, rule.Value(pull, hessian, bounds)) : rule.Score(pull, hessian);
        Least = Math.Max(growth.MinimumGain, RelativeNoise * ParentScore);
    }

    /// <summary>How well the node fits undivided.</summary>
    public double ParentScore { get; }

    /// <summary>What a cut must gain more than.</summary>
    public double Least { get; }

    /// <summary>Improves on <paramref name="best"/> by the first of the best cuts, when one gains more.</summary>
    /// <param name="sums">The sums of the bins, without that of missing values.</param>
    /// <param name="order">The order in which bins move; null for their own.</param>
    /// <param name="start">What goes left before the first bin.</param>
    /// <param name="missingLeft">Whether that is the missing values.</param>
    /// <param name="best">What was found before.</param>
    public void Try(ReadOnlySpan<Vector128<long>> sums, int[]? order, Vector128<long> start, bool missingLeft, ref FoundCut best)
    {
        Vector128<long> left = start;
        int count = order?.Length ?? sums.Length;
        for (int position = 0; position < count; position++)
        {
            Vector128<long> bin = sums[order is null ? position : order[position]];
            if (bin != Vector128<long>.Zero)
            {
                left += bin;
                double gain = Gain(left, missingLeft);
                best = gain > best.Gain ? new FoundCut(gain, position, missingLeft, left) : best;
            }
        }
    }

    /// <summary>True when a cut has every missing value and nothing else on its right.</summary>
    public bool PartsMissing(in FoundCut cut) => IsMissingAlone(pairs.RowsOf(cut.Left), cut.MissingLeft);

    /// <summary>What the cut that leaves <paramref name="left"/> on the left gains; negative infinity when it is not allowed.</summary>
    private double Gain(Vector128<long> left, bool missingLeft)
    {
        long leftRows = pairs.RowsOf(left);
        if (leftRows < growth.MinimumRowsPerLeaf || rows - leftRows < Math.Max(growth.MinimumRowsPerLeaf, 1))
        {
            return double.NegativeInfinity;
        }

        Vector128<long> right = total - left;
        double leftHessian = pairs.HessianOf(left);
        double rightHessian = pairs.HessianOf(right);
        if (leftHessian < growth.MinimumChildWeight || rightHessian < growth.MinimumChildWeight)
        {
            return double.NegativeInfinity;
        }

        double leftPull = pairs.PullOf(left);
        double rightPull = pairs.PullOf(right);
        double fit = isBounded
            ? BoundedFit(leftPull, leftHessian, rightPull, rightHessian, IsMissingAlone(leftRows, missingLeft) ? 0 : direction)
            : rule.Score(leftPull, leftHessian) + rule.Score(rightPull, rightHessian);
        return 0.5 * (fit - ParentScore);
    }

    // Missing values have no place in a feature's order, so no direction binds what parts them from all others.
    private bool IsMissingAlone(long leftRows, bool missingLeft) => !missingLeft && missingRows > 0 && rows - leftRows == missingRows;

    /// <summary>The fit of two bounded leaves; negative infinity when they break the constraint.</summary>
    private double BoundedFit(double leftPull, double leftHessian, double rightPull, double rightHessian, int constraint)
    {
        double left = rule.Value(leftPull, leftHessian, bounds);
        double right = rule.Value(rightPull, rightHessian, bounds);
        return constraint * (right - left) < 0
            ? double.NegativeInfinity
            : rule.Score(leftPull, leftHessian, left) + rule.Score(rightPull, rightHessian, right);
    }
}
