namespace Trainyard.Learning.Explanations;

/// <summary>What a model predicts on average when a column has one value in every row. Plain data.</summary>
/// <param name="Value">The value, as text that reads back as the same; null for missing.</param>
/// <param name="Outputs">The mean prediction: one probability per class, or a number.</param>
public sealed record PartialDependencePoint(string? Value, IReadOnlyList<double> Outputs);
