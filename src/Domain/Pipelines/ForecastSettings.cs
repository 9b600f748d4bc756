namespace Trainyard.Domain.Pipelines;

/// <summary>What a pipeline that forecasts a series is told beside its target.</summary>
/// <param name="TimeColumn">The column of times: dates, or numbers such as years.</param>
/// <param name="Horizon">Steps to foretell when candidates are compared and the model is measured; as many of the newest values are held out.</param>
/// <param name="Frequency">One of <see cref="Learning.Forecasting.Frequency.Names"/>, which the times must keep to; null for whatever they keep to.</param>
/// <param name="SeasonLength">Steps per season, 1 for none; null for what is usual for the steps.</param>
public sealed record ForecastSettings(string TimeColumn, int Horizon, string? Frequency, int? SeasonLength);
