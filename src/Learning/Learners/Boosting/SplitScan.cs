using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The best cut seen so far while the bins of one feature move from right to left.</summary>
internal struct SplitScan
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
    private readonly double parentScore;

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
        parentScore = isBounded ? rule.Score(pull, hessian, rule.Value(pull, hessian, bounds)) : rule.Score(pull, hessian);
        Gain = Math.Max(growth.MinimumGain, RelativeNoise * parentScore);
    }

    public double Gain { get; private set; }

    /// <summary>How many bins had moved; negative when no cut was good enough.</summary>
    public int Position { get; private set; } = -1;

    public bool MissingLeft { get; private set; }

    public Vector128<long> Left { get; private set; }

    public readonly bool MoreRowsLeft => 2 * pairs.RowsOf(Left) > rows;

    /// <summary>True when the best cut has every missing value and nothing else on its right.</summary>
    public readonly bool PartsMissing => Position >= 0 && IsMissingAlone(pairs.RowsOf(Left), MissingLeft);

    /// <summary>Looks at the cut that leaves <paramref name="left"/> on the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Try(Vector128<long> left, int position, bool missingLeft)
    {
        long leftRows = pairs.RowsOf(left);
        if (leftRows < growth.MinimumRowsPerLeaf || rows - leftRows < Math.Max(growth.MinimumRowsPerLeaf, 1))
        {
            return;
        }

        Vector128<long> right = total - left;
        double leftHessian = pairs.HessianOf(left);
        double rightHessian = pairs.HessianOf(right);
        if (leftHessian < growth.MinimumChildWeight || rightHessian < growth.MinimumChildWeight)
        {
            return;
        }

        double leftPull = pairs.PullOf(left);
        double rightPull = pairs.PullOf(right);
        double fit = isBounded
            ? BoundedFit(leftPull, leftHessian, rightPull, rightHessian, IsMissingAlone(leftRows, missingLeft) ? 0 : direction)
            : rule.Score(leftPull, leftHessian) + rule.Score(rightPull, rightHessian);
        double gain = 0.5 * (fit - parentScore);
        if (gain > Gain)
        {
            (Gain, Position, MissingLeft, Left) = (gain, position, missingLeft, left);
        }
    }

    // Missing values have no place in a feature's order, so no direction binds what parts them from all others.
    private readonly bool IsMissingAlone(long leftRows, bool missingLeft) => !missingLeft && missingRows > 0 && rows - leftRows == missingRows;

    /// <summary>The fit of two bounded leaves; negative infinity when they break the constraint.</summary>
    private readonly double BoundedFit(double leftPull, double leftHessian, double rightPull, double rightHessian, int constraint)
    {
        double left = rule.Value(leftPull, leftHessian, bounds);
        double right = rule.Value(rightPull, rightHessian, bounds);
        return constraint * (right - left) < 0
            ? double.NegativeInfinity
            : rule.Score(leftPull, leftHessian, left) + rule.Score(rightPull, rightHessian, right);
    }
}
