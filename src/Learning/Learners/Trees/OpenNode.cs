namespace Trainyard.Learning.Learners.Trees;

/// <summary>A node that may still be split.</summary>
/// <param name="Start">Where its rows begin in the grower's row list.</param>
/// <param name="Count">Its number of rows.</param>
/// <param name="Depth">Decisions above it.</param>
/// <param name="Slot">Where it hangs.</param>
internal sealed record OpenNode(int Start, int Count, int Depth, TreeSlot Slot)
{
    /// <summary>Its histogram while that is of use; null when it is not kept.</summary>
    public Histogram? Histogram { get; set; }

    /// <summary>The best split found, or null when it becomes a leaf.</summary>
    public Split? Split { get; set; }
}
