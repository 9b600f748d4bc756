using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Writes the answer to a request for one prediction.</summary>
internal static class SinglePredictionWriter
{
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("modelId");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Prediction = JsonEncodedText.Encode("prediction");
    private static readonly JsonEncodedText Probabilities = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("predictionId");
    private static readonly JsonEncodedText Explanation = JsonEncodedText.Encode("explanation");
    private static readonly JsonEncodedText Ignored = JsonEncodedText.Encode("ignoredColumns");

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Writes the whole answer.</summary>
    /// <param name="target">Receives UTF-8.</param>
    /// <param name="version">The version that predicted.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="options">How the request wants to be answered.</param>
    /// <param name="predictions">Of one row, which was not refused.</param>
    /// <param name="id">Of the first row.</param>
    public static void Write(
        IBufferWriter<byte> target, ModelVersion version, ServedTable model, PredictOptions options, RowPredictions predictions, PredictionId id)
    {
        ReadOnlySpan<double> output = predictions.Of(0);
        using Utf8JsonWriter json = new(target, Options);
        json.WriteStartObject();
        json.WriteString(Model, version.ModelName);
        json.WriteString(Version, version.Label);
        json.WritePropertyName(Prediction);
        RowWriter.WritePrediction(json, model, output);
        if (model.IsClassifier && options.Probabilities)
        {
            json.WritePropertyName(Probabilities);
            RowWriter.WriteProbabilities(json, model, output);
        }

        json.WritePropertyName(IdName);
        json.WriteStringValue(id.Of(row: 0, model.Tag(output)));
        if (predictions.ExplanationOf(0) is { } explanation)
        {
            json.WritePropertyName(Explanation);
            RowWriter.WriteExplanation(json, model, output, explanation, options.Explain);
        }

        if (predictions.Ignored is { } ignored)
        {
            json.WritePropertyName(Ignored);
            RowWriter.WriteNames(json, ignored.Names);
        }

        json.WriteEndObject();
    }
}
