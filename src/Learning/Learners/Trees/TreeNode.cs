namespace Trainyard.Learning.Learners.Trees;

/// <summary>One decision of a tree. A child of at least 0 is a node's index; a negative one is the complement of a leaf's.</summary>
/// <param name="Threshold">Numbers up to this go left. Unused for categories.</param>
/// <param name="Feature">The feature that is asked.</param>
/// <param name="Left">The child taken when the answer is yes.</param>
/// <param name="Right">The child taken otherwise.</param>
/// <param name="Categories">Where the set of categories that go left begins; -1 for numbers.</param>
/// <param name="MissingLeft">True when a missing value goes left.</param>
internal readonly record struct TreeNode(double Threshold, int Feature, int Left, int Right, int Categories, bool MissingLeft)
{
    /// <summary>Marks a node that compares numbers.</summary>
    public const int NoCategories = -1;
}
