namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A node that is being split, with its children.</summary>
/// <param name="Parent">Has a split.</param>
/// <param name="Left">The child for the answer yes.</param>
/// <param name="Right">The other.</param>
internal sealed record Division(GrowthNode Parent, GrowthNode Left, GrowthNode Right)
{
    /// <summary>The child with fewer rows, whose histogram is built; the other's is what is left of the parent's.</summary>
    public GrowthNode Small => Left.Count <= Right.Count ? Left : Right;

    /// <summary>The other child.</summary>
    public GrowthNode Large => Left.Count <= Right.Count ? Right : Left;
}
