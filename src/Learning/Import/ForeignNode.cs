namespace Trainyard.Learning.Import;

/// <summary>A node of a tree from elsewhere: a decision on a number, or a leaf.</summary>
/// <param name="Feature">The feature asked; -1 for a leaf.</param>
/// <param name="Threshold">Numbers up to this go left.</param>
/// <param name="Left">The node taken then, by its place in the tree's list.</param>
/// <param name="Right">The node taken otherwise.</param>
/// <param name="MissingLeft">Whether a missing value goes left.</param>
/// <param name="Values">A leaf's values; empty for a decision.</param>
/// <param name="Cover">The weight of the training rows in a leaf, if it is known.</param>
/// <param name="Gain">What a decision improved, if it is known.</param>
internal sealed record ForeignNode(int Feature, double Threshold, int Left, int Right, bool MissingLeft, double[] Values, double Cover, double Gain)
{
    public bool IsLeaf => Feature < 0;
}
