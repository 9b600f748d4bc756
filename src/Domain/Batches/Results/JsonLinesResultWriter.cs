using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Writes results as JSON Lines: <c>{"row","id","prediction","probabilities"}</c>, or <c>{"row","id","error":{"code","detail","column"}}</c>.</summary>
internal sealed class JsonLinesResultWriter : ResultWriter
{
    // What is written is no part of a page, so that only what JSON itself wants is escaped.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonEncodedText RowName = JsonEncodedText.Encode("row");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText PredictionName = JsonEncodedText.Encode("prediction");
    private static readonly JsonEncodedText ProbabilitiesName = JsonEncodedText.Encode("probabilities");

    private readonly JsonEncodedText[] classes;
    private readonly Utf8JsonWriter json;

    public JsonLinesResultWriter(ResultLayout layout, IBufferWriter<byte> target, long firstRow)
        : base(layout, target, firstRow)
    {
        classes = [.. layout.Classes.Select(name => JsonEncodedText.Encode(name, Options.Encoder))];
        json = new Utf8JsonWriter(target, Options);
    }

    protected override void Write(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, int best)
    {
        Begin(id);
        if (Layout.IsClassifier)
        {
            json.WriteString(PredictionName, classes[best]);
        }
        else
        {
            json.WriteNumber(PredictionName, outputs[0]);
        }

        if (Layout.Probabilities)
        {
            json.WriteStartObject(ProbabilitiesName);
            for (int index = 0; index < outputs.Length; index++)
            {
                json.WriteNumber(classes[index], outputs[index]);
            }

            json.WriteEndObject();
        }

        End();
    }

    protected override void Write(ReadOnlySpan<byte> id, RowFault fault)
    {
        Begin(id);
        json.WriteStartObject("error");
        json.WriteString("code", fault.Code);
        json.WriteString("detail", fault.Detail);
        if (fault.Column is not null)
        {
            json.WriteString("column", fault.Column);
        }

        json.WriteEndObject();
        End();
    }

    private void Begin(ReadOnlySpan<byte> id)
    {
        json.WriteStartObject();
        json.WriteNumber(RowName, Row);
        if (Layout.HasId && id.Length > 0)
        {
            json.WriteString(IdName, id);
        }
    }

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        Target.Write("\n"u8);
    }
}
