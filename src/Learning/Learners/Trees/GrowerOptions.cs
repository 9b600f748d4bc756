namespace Trainyard.Learning.Learners.Trees;

/// <summary>What limits the growth of one tree.</summary>
internal sealed record GrowerOptions
{
    /// <summary>Leaves at most; the best split is made first.</summary>
    public int MaximumLeaves { get; init; } = int.MaxValue;

    /// <summary>Decisions between root and leaf at most.</summary>
    public int MaximumDepth { get; init; } = int.MaxValue;

    /// <summary>Rows that each half of a split must keep.</summary>
    public int MinimumRowsPerLeaf { get; init; } = 1;

    /// <summary>Hessian that each half of a split must keep.</summary>
    public double MinimumChildWeight { get; init; }

    /// <summary>Added to the Hessian of a leaf: L2 regularisation.</summary>
    public double L2 { get; init; }

    /// <summary>A split must gain more than this.</summary>
    public double MinimumGain { get; init; }

    /// <summary>Features drawn at each node; 0 for all.</summary>
    public int FeaturesPerNode { get; init; }

    /// <summary>True to try one random cut of each drawn feature instead of all: extra trees.</summary>
    public bool DrawsCuts { get; init; }

    /// <summary>Added to the Hessian of a category when categories are put in order.</summary>
    public double CategorySmoothing { get; init; }
}
