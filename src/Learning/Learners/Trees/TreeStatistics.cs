namespace Trainyard.Learning.Learners.Trees;

/// <summary>What growing an ensemble left to explain it by.</summary>
/// <param name="Gains">Per node, how much better its split made the fit; above 0, but 0 where splits are drawn at random.</param>
/// <param name="Covers">Per leaf, the weight (sum of the Hessians) of the training rows that fell into it; at least 0.</param>
internal sealed record TreeStatistics(double[] Gains, double[] Covers);
