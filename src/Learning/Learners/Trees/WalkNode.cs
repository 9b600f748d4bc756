namespace Trainyard.Learning.Learners.Trees;

/// <summary>A decision or a leaf in the form that <see cref="LockstepWalk"/> steps over without branching.</summary>
/// <param name="Threshold">Numbers above it go right; NaN in a leaf, which nothing is above.</param>
/// <param name="Feature">The feature that is asked.</param>
/// <param name="MissingRight">1 when a missing value goes right, else 0.</param>
/// <param name="Left">The node taken otherwise; a leaf names itself.</param>
/// <param name="Right">The node to the right.</param>
internal readonly record struct WalkNode(double Threshold, int Feature, int MissingRight, int Left, int Right);
