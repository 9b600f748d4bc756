namespace Trainyard.Learning.Explanations;

/// <summary>How much a model leans on one input column. Plain data.</summary>
/// <param name="Column">The column.</param>
/// <param name="Importance">Mean worsening of the metric when the column is shuffled; about 0 or below when it does not help.</param>
/// <param name="StandardDeviation">Standard deviation over the repeats (population).</param>
public sealed record ColumnImportance(string Column, double Importance, double StandardDeviation);
