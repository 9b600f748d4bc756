namespace Trainyard.Learning.Data;

/// <summary>The distribution of the values of a number column; missing ones are left out.</summary>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Of the sample (divisor n - 1), as pandas; 0 for a single value.</param>
/// <param name="Quantiles">At 0.05, 0.25, 0.5, 0.75 and 0.95.</param>
public sealed record NumberSummary(double Minimum, double Maximum, double Mean, double StandardDeviation, IReadOnlyList<QuantileValue> Quantiles);
