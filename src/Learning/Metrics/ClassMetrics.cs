namespace Trainyard.Learning.Metrics;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">Of the rows predicted so, the share that is.</param>
/// <param name="Recall">Of the rows that are, the share predicted so.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="Support">Rows of this class.</param>
public sealed record ClassMetrics(string Label, double Precision, double Recall, double F1, int Support);
