namespace Trainyard.Learning.Forecasting;

/// <summary>One step of a forecast.</summary>
/// <param name="Time">A date, or a number, as the series' own times are.</param>
/// <param name="Mean">The expected value, in the unit of the series.</param>
/// <param name="Lower">The lower bound of the interval.</param>
/// <param name="Upper">The upper bound of the interval.</param>
public sealed record ForecastPoint(string Time, double Mean, double Lower, double Upper);
