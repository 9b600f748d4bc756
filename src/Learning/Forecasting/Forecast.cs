namespace Trainyard.Learning.Forecasting;

/// <summary>The steps that follow a series. Plain data: it serialises as it is.</summary>
/// <param name="Method">The method that foretold them.</param>
/// <param name="Level">The share of futures that each interval is to hold.</param>
/// <param name="Points">One per step, in the order of time.</param>
public sealed record Forecast(string Method, double Level, IReadOnlyList<ForecastPoint> Points);
