using System.Text.Json.Serialization;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>What a forecast is asked with.</summary>
/// <param name="Horizon">Steps to foretell.</param>
/// <param name="Level">The share of futures that each interval is to hold; null for 95 %.</param>
internal sealed record ForecastRequest([property: JsonRequired] int Horizon, double? Level = null);
