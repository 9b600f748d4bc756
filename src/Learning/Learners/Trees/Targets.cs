namespace Trainyard.Learning.Learners.Trees;

/// <summary>What a tree is fitted to: per row <see cref="Width"/> pulls (negative gradients) and one weight (Hessian).</summary>
/// <remarks>
/// With pull = weight × value and Hessian = weight, a leaf is the weighted mean and a split's gain is the reduction of
/// the squared error; with value = 1 for the row's class it is the reduction of the Gini impurity. So one grower makes
/// regression trees, classification trees and boosted trees.
/// </remarks>
/// <param name="Width">Values per row.</param>
/// <param name="Pulls">Row-major, <paramref name="Width"/> per row.</param>
/// <param name="Hessians">One per row.</param>
internal sealed record Targets(int Width, double[] Pulls, double[] Hessians);
