using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Writes the answer to a prediction request.</summary>
internal static class PredictionWriter
{
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Predictions = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText Probabilities = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText PredictionIds = JsonEncodedText.Encode("prediction_ids");

    // What is written was measured and counted by us, so the writer need not check it again.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Writes the whole answer.</summary>
    /// <param name="target">Receives UTF-8.</param>
    /// <param name="version">The version that predicted.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="outputs">Its outputs, row by row.</param>
    /// <param name="ids">Gives each prediction its id.</param>
    public static void Write(IBufferWriter<byte> target, ModelVersion version, ServedTable model, ReadOnlySpan<double> outputs, IIdSource ids)
    {
        using Utf8JsonWriter json = new(target, Options);
        int rows = outputs.Length / model.OutputCount;
        json.WriteStartObject();
        json.WriteString(Model, version.ModelName);
        json.WriteString(Version, version.Label);
        WritePredictions(json, model, outputs, rows);
        if (model.IsClassifier)
        {
            WriteProbabilities(json, model, outputs, rows);
        }

        json.WriteStartArray(PredictionIds);
        for (int row = 0; row < rows; row++)
        {
            json.WriteStringValue(ids.NewId());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePredictions(Utf8JsonWriter json, ServedTable model, ReadOnlySpan<double> outputs, int rows)
    {
        json.WriteStartArray(Predictions);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> output = outputs.Slice(row * model.OutputCount, model.OutputCount);
            if (model.IsClassifier)
            {
                json.WriteStringValue(model.Classes[Evaluator.MostProbable(output)]);
            }
            else
            {
                json.WriteNumberValue(output[0]);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteProbabilities(Utf8JsonWriter json, ServedTable model, ReadOnlySpan<double> outputs, int rows)
    {
        json.WriteStartArray(Probabilities);
        for (int row = 0; row < rows; row++)
        {
            json.WriteStartObject();
            for (int index = 0; index < model.OutputCount; index++)
            {
                json.WriteNumber(model.Classes[index], outputs[(row * model.OutputCount) + index]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
