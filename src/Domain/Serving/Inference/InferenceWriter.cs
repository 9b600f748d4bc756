using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Serving.Tables;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>Writes the answer to a request of the Open Inference Protocol.</summary>
internal static class InferenceWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Writes the whole answer.</summary>
    /// <param name="target">Receives UTF-8.</param>
    /// <param name="version">The version that predicted.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="id">What the caller calls the request; null when nothing.</param>
    /// <param name="outputs">The outputs to write.</param>
    /// <param name="predictions">None refused.</param>
    /// <param name="first">The id of the first row.</param>
    public static void Write(
        IBufferWriter<byte> target, ModelVersion version, ServedTable model, string? id, IReadOnlyList<TensorMetadata> outputs, RowPredictions predictions, PredictionId first)
    {
        using Utf8JsonWriter json = new(target, Options);
        json.WriteStartObject();
        json.WriteString("model_name", version.ModelName);
        json.WriteString("model_version", version.Label);
        if (id is not null)
        {
            json.WriteString("id", id);
        }

        json.WriteStartArray("outputs");
        foreach (TensorMetadata output in outputs)
        {
            WriteOutput(json, model, output, predictions, first);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, ServedTable model, TensorMetadata output, RowPredictions predictions, PredictionId first)
    {
        json.WriteStartObject();
        json.WriteString("name", output.Name);
        json.WriteString("datatype", output.Datatype);
        json.WriteStartArray("shape");
        foreach (int dimension in output.Shape)
        {
            json.WriteNumberValue(dimension < 0 ? predictions.RowCount : dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
        for (int row = 0; row < predictions.RowCount; row++)
        {
            switch (output.Name)
            {
                case InferenceSignature.Predict:
                    RowWriter.WritePrediction(json, model, predictions.Of(row));
                    break;
                case InferenceSignature.Probabilities:
                    WriteNumbers(json, predictions.Of(row));
                    break;
                default:
                    json.WriteStringValue(first.Of(row, model.Tag(predictions.Of(row))));
                    break;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }
    }
}
