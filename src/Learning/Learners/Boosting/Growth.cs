namespace Trainyard.Learning.Learners.Boosting;

/// <summary>What governs the growth of one boosted tree.</summary>
internal sealed record Growth
{
    /// <summary>Leaves at most.</summary>
    public int MaximumLeaves { get; init; } = int.MaxValue;

    /// <summary>Decisions between root and leaf at most.</summary>
    public int MaximumDepth { get; init; } = int.MaxValue;

    /// <summary>True to split level by level; false to make the best split first.</summary>
    public bool IsDepthWise { get; init; }

    /// <summary>Rows that each half of a split must keep.</summary>
    public int MinimumRowsPerLeaf { get; init; } = 1;

    /// <summary>Hessian that each half of a split must keep.</summary>
    public double MinimumChildWeight { get; init; }

    /// <summary>Taken off the pull of a leaf, towards 0: L1 regularisation.</summary>
    public double L1 { get; init; }

    /// <summary>Added to the Hessian of a leaf: L2 regularisation.</summary>
    public double L2 { get; init; }

    /// <summary>A split must gain more than this.</summary>
    public double MinimumGain { get; init; }

    /// <summary>Added to the Hessian of a category when categories are put in order.</summary>
    public double CategorySmoothing { get; init; }

    /// <summary>Per feature 1 where predictions may only rise with it, -1 where they may only fall, 0 where both; null for no constraint.</summary>
    public int[]? Monotone { get; init; }
}
