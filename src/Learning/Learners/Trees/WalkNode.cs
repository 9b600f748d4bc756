namespace Trainyard.Learning.Learners.Trees;

/// <summary>A decision or a leaf in the form that <see cref="LockstepWalk"/> steps over without branching: 16 bytes, four to a cache line.</summary>
/// <param name="Threshold">Numbers above it go right; NaN in a leaf, which nothing is above.</param>
/// <param name="Left">The node taken otherwise, which the one to the right follows; a leaf names itself.</param>
/// <param name="Feature">The feature that is asked.</param>
/// <param name="MissingRight">1 when a missing value goes right, else 0.</param>
internal readonly record struct WalkNode(double Threshold, int Left, ushort Feature, ushort MissingRight);
