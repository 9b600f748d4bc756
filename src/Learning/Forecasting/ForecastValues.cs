namespace Trainyard.Learning.Forecasting;

/// <summary>What is foretold, step by step; three arrays of equal length in the unit of the series.</summary>
/// <param name="Mean">The expected value, or the value without noise where the model's noise is not symmetric.</param>
/// <param name="Lower">Below it the value falls with half of what the interval leaves out.</param>
/// <param name="Upper">Above it the value falls with the other half.</param>
public sealed record ForecastValues(double[] Mean, double[] Lower, double[] Upper);
