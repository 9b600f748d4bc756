using System.Text.Json;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>What the fields of an answer with a forecast are called where that depends on the casing.</summary>
/// <param name="Model">The model.</param>
/// <param name="PredictionIds">The ids of its steps.</param>
internal sealed record ForecastWords(JsonEncodedText Model, JsonEncodedText PredictionIds)
{
    /// <summary>Of <c>/api/v1</c>.</summary>
    public static ForecastWords SnakeCase { get; } = new(JsonEncodedText.Encode("model"), JsonEncodedText.Encode("prediction_ids"));

    /// <summary>Of <c>/mlops</c>.</summary>
    public static ForecastWords CamelCase { get; } = new(JsonEncodedText.Encode("modelId"), JsonEncodedText.Encode("predictionIds"));
}
