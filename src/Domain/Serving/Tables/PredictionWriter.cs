using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Writes the answer to a prediction request.</summary>
internal static class PredictionWriter
{
    private static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Predictions = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText Probabilities = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText PredictionIds = JsonEncodedText.Encode("prediction_ids");
    private static readonly JsonEncodedText Explanations = JsonEncodedText.Encode("explanations");
    private static readonly JsonEncodedText Ignored = JsonEncodedText.Encode("ignored_columns");
    private static readonly JsonEncodedText Errors = JsonEncodedText.Encode("errors");

    // What is written was measured and counted by us, so the writer need not check it again.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    private delegate void PerRow(Utf8JsonWriter json, ServedTable model, RowPredictions predictions, int row);

    /// <summary>Writes the whole answer.</summary>
    /// <param name="target">Receives UTF-8.</param>
    /// <param name="version">The version that predicted.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="options">How the request wants to be answered.</param>
    /// <param name="predictions">What became of its rows.</param>
    /// <param name="id">Of the first row.</param>
    public static void Write(
        IBufferWriter<byte> target, ModelVersion version, ServedTable model, PredictOptions options, RowPredictions predictions, PredictionId id)
    {
        using Utf8JsonWriter json = new(target, Options);
        json.WriteStartObject();
        json.WriteString(Model, version.ModelName);
        json.WriteString(Version, version.Label);
        WriteRows(json, Predictions, model, predictions, static (json, model, predictions, row) => RowWriter.WritePrediction(json, model, predictions.Of(row)));
        if (model.IsClassifier && options.Probabilities)
        {
            WriteRows(json, Probabilities, model, predictions, static (json, model, predictions, row) => RowWriter.WriteProbabilities(json, model, predictions.Of(row)));
        }

        WriteIds(json, model, predictions, id);
        WriteExtras(json, model, options, predictions);
        json.WriteEndObject();
    }

    // A refused row is null in every list, so that places stay those of the request.
    private static void WriteRows(Utf8JsonWriter json, JsonEncodedText name, ServedTable model, RowPredictions predictions, PerRow write)
    {
        int refusal = 0;
        json.WriteStartArray(name);
        for (int row = 0; row < predictions.RowCount; row++)
        {
            if (predictions.IsRefused(row, ref refusal))
            {
                json.WriteNullValue();
            }
            else
            {
                write(json, model, predictions, row);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter json, ServedTable model, RowPredictions predictions, PredictionId id)
    {
        int refusal = 0;
        json.WriteStartArray(PredictionIds);
        for (int row = 0; row < predictions.RowCount; row++)
        {
            if (predictions.IsRefused(row, ref refusal))
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStringValue(id.Of(row, model.Tag(predictions.Of(row))));
            }
        }

        json.WriteEndArray();
    }

    private static void WriteExtras(Utf8JsonWriter json, ServedTable model, PredictOptions options, RowPredictions predictions)
    {
        if (options.Explain > 0)
        {
            int count = options.Explain;
            WriteRows(json, Explanations, model, predictions, (json, model, predictions, row) =>
                RowWriter.WriteExplanation(json, model, predictions.Of(row), predictions.ExplanationOf(row)!, count));
        }

        if (predictions.Ignored is { } ignored)
        {
            json.WritePropertyName(Ignored);
            RowWriter.WriteNames(json, ignored.Names);
        }

        if (options.AnswersPerRow)
        {
            json.WriteStartArray(Errors);
            foreach ((_, Problem problem) in predictions.Refusals)
            {
                RowWriter.WriteError(json, problem);
            }

            json.WriteEndArray();
        }
    }
}
