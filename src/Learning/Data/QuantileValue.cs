namespace Trainyard.Learning.Data;

/// <summary>The value below which a share of the values lies.</summary>
/// <param name="Probability">The share, 0 to 1.</param>
/// <param name="Value">Interpolated linearly between neighbours (type 7 of Hyndman and Fan 1996; the default of numpy).</param>
public sealed record QuantileValue(double Probability, double Value);
