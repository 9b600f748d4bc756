namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>What each training row stands for.</summary>
/// <param name="ClassCount">The number of classes; 0 for numbers.</param>
/// <param name="Labels">Class index or value.</param>
/// <param name="Weights">Above 0.</param>
internal sealed record Votes(int ClassCount, double[] Labels, double[] Weights);
