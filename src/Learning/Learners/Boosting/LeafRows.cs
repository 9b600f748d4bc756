namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Which of the sampled rows fell into a leaf.</summary>
/// <param name="Start">Where they begin in the sample.</param>
/// <param name="Count">Their number.</param>
internal readonly record struct LeafRows(int Start, int Count);
