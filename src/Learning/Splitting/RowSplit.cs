namespace Trainyard.Learning.Splitting;

/// <summary>Row indices by what they are for; every row is in one part, each part ascending.</summary>
/// <param name="Training">Rows to fit on.</param>
/// <param name="Validation">Rows to choose by (early stopping, candidates); may be empty.</param>
/// <param name="Test">Rows that no fitting or choosing step sees.</param>
public sealed record RowSplit(int[] Training, int[] Validation, int[] Test);
