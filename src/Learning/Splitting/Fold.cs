namespace Trainyard.Learning.Splitting;

/// <summary>One fold of a cross-validation: row indices, each part ascending.</summary>
/// <param name="Training">Rows to fit on.</param>
/// <param name="Validation">Rows to score on.</param>
public sealed record Fold(int[] Training, int[] Validation);
