using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>Writes the answer to a request for a forecast.</summary>
internal static class ForecastWriter
{
    /// <summary>Writes the whole answer.</summary>
    /// <param name="answer">Receives UTF-8.</param>
    /// <param name="words">What its fields are called.</param>
    /// <param name="version">The version that foretold.</param>
    /// <param name="forecast">What it foretells; finite.</param>
    /// <param name="id">Of the first row.</param>
    public static void Write(IBufferWriter<byte> answer, ForecastWords words, ModelVersion version, Forecast forecast, PredictionId id)
    {
        using Utf8JsonWriter json = new(answer);
        json.WriteStartObject();
        json.WriteString(words.Model, version.ModelName);
        json.WriteString("version", version.Label);
        json.WriteString("method", forecast.Method);
        json.WriteNumber("level", forecast.Level);
        json.WriteStartArray("forecast");
        foreach (ForecastPoint point in forecast.Points)
        {
            json.WriteStartObject();
            json.WriteString("time", point.Time);
            json.WriteNumber("value", point.Mean);
            json.WriteNumber("lower", point.Lower);
            json.WriteNumber("upper", point.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray(words.PredictionIds);
        int step = 0;
        foreach (ForecastPoint point in forecast.Points)
        {
            json.WriteStringValue(id.Of(step++, PredictedValue.Of(point.Mean)));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
