namespace Trainyard.Learning.Learners;

/// <summary>How much there is to learn from.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="Features">Input columns.</param>
public readonly record struct DataSize(int Rows, int Features);
