namespace Trainyard.Learning.Explanations;

/// <summary>A node or leaf below a tree's root, seen from the decision that leads to it.</summary>
/// <param name="Parent">The place above; 0 is the root.</param>
/// <param name="Twin">The nearest place above that the same feature leads to; 0 when there is none.</param>
/// <param name="Feature">The feature that the parent asks.</param>
/// <param name="Node">The decision made here; negative (the complement of the leaf) when there is none.</param>
/// <param name="Share">
/// Of the training rows at each decision on the path that asks <paramref name="Feature"/>, the part that went this way: the
/// product, at most 1.
/// </param>
internal readonly record struct TreePlace(int Parent, int Twin, int Feature, int Node, double Share);
