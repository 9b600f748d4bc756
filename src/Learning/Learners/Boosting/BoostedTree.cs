using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A grown tree with the rows of its leaves.</summary>
/// <param name="Tree">The tree, over bins.</param>
/// <param name="Sample">The rows it was grown on, leaf by leaf.</param>
/// <param name="Leaves">Which of them belong to each leaf, in the order of the tree's leaves.</param>
internal sealed record BoostedTree(GrownTree Tree, int[] Sample, IReadOnlyList<LeafRows> Leaves)
{
    /// <summary>The sampled rows of one leaf.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => Sample.AsSpan(Leaves[leaf].Start, Leaves[leaf].Count);
}
