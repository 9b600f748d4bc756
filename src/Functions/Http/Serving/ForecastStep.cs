namespace Trainyard.Functions.Http.Serving;

/// <summary>One step of a forecast.</summary>
/// <param name="Time">A date, or a number, as the series' own times are.</param>
/// <param name="Value">The expected value.</param>
/// <param name="Lower">The lower bound of the interval.</param>
/// <param name="Upper">The upper bound of the interval.</param>
internal sealed record ForecastStep(string Time, double Value, double Lower, double Upper);
