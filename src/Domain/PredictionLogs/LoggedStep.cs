namespace Trainyard.Domain.PredictionLogs;

/// <summary>The step of a forecast that a prediction is.</summary>
/// <param name="Time">A date, or a number, as the series' own times are.</param>
/// <param name="Lower">The lower bound of the interval.</param>
/// <param name="Upper">The upper bound of the interval.</param>
public sealed record LoggedStep(string Time, double Lower, double Upper);
