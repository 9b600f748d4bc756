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
    private readonly double pull;
    private readonly double hessian;
    private readonly long rows;
    private readonly double parentScore;

    public SplitScan(Growth growth, GradientPairs pairs, GrowthNode node, int feature)
    {
        this.growth = growth;
        this.pairs = pairs;
        rule = new LeafRule(growth.L1, growth.L2);
        bounds = node.Bounds;
        isBounded = growth.Monotone is not null;
        direction = growth.Monotone?[feature] ?? 0;
        pull = pairs.PullOf(node.Total);
        hessian = pairs.HessianOf(node.Total);
        rows = pairs.RowsOf(node.Total);
        parentScore = isBounded ? rule.Score(pull, hessian, rule.Value(pull, hessian, bounds)) : rule.Score(pull, hessian);
        Gain = Math.Max(growth.MinimumGain, RelativeNoise * parentScore);
    }

    public double Gain { get; private set; }

    /// <summary>How many bins had moved; negative when no cut was good enough.</summary>
    public int Position { get; private set; } = -1;

    public bool MissingLeft { get; private set; }

    public Vector128<long> Left { get; private set; }

    public readonly bool MoreRowsLeft => 2 * pairs.RowsOf(Left) > rows;

    /// <summary>Looks at the cut that leaves <paramref name="left"/> on the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Try(Vector128<long> left, int position, bool missingLeft)
    {
        long leftRows = pairs.RowsOf(left);
        if (leftRows < growth.MinimumRowsPerLeaf || rows - leftRows < Math.Max(growth.MinimumRowsPerLeaf, 1))
        {
            return;
        }

        double leftHessian = pairs.HessianOf(left);
        double rightHessian = hessian - leftHessian;
        if (leftHessian < growth.MinimumChildWeight || rightHessian < growth.MinimumChildWeight)
        {
            return;
        }

        double leftPull = pairs.PullOf(left);
        double fit = isBounded
            ? BoundedFit(leftPull, leftHessian, pull - leftPull, rightHessian)
            : rule.Score(leftPull, leftHessian) + rule.Score(pull - leftPull, rightHessian);
        double gain = 0.5 * (fit - parentScore);
        if (gain > Gain)
        {
            (Gain, Position, MissingLeft, Left) = (gain, position, missingLeft, left);
        }
    }

    /// <summary>The fit of two bounded leaves; negative infinity when they break the feature's constraint.</summary>
    private readonly double BoundedFit(double leftPull, double leftHessian, double rightPull, double rightHessian)
    {
        double left = rule.Value(leftPull, leftHessian, bounds);
        double right = rule.Value(rightPull, rightHessian, bounds);
        return direction * (right - left) < 0
            ? double.NegativeInfinity
            : rule.Score(leftPull, leftHessian, left) + rule.Score(rightPull, rightHessian, right);
    }
}
