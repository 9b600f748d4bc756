using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A node that may still be split.</summary>
/// <param name="Start">Where its rows begin in the grower's row list.</param>
/// <param name="Count">Its number of rows.</param>
/// <param name="Depth">Decisions above it.</param>
/// <param name="Slot">Where it hangs.</param>
/// <param name="Total">The sum of its pairs.</param>
/// <param name="Bounds">Where its leaves may lie.</param>
internal sealed record GrowthNode(int Start, int Count, int Depth, TreeSlot Slot, Vector128<long> Total, LeafBounds Bounds)
{
    /// <summary>Its histogram while that is of use; null when it is not kept.</summary>
    public GradientHistogram? Histogram { get; set; }

    /// <summary>The best split found, or null when it becomes a leaf.</summary>
    public FoundSplit? Found { get; set; }
}
