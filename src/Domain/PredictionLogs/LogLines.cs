using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Writes an answered request as lines of JSON, one per predicted row. Not thread safe.</summary>
/// <param name="options">Bounds of a line.</param>
/// <param name="limits">What a request may ask for.</param>
/// <param name="drops">Counts lines that are too large.</param>
internal sealed class LogLines(PredictionLogOptions options, ServingOptions limits, LogDrops drops) : IDisposable
{
    // What is written was measured and named by us, so the writer need not check it again.
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, Unchecked);

    /// <summary>Writes the lines of a request.</summary>
    /// <param name="copy">The request.</param>
    /// <param name="secret">The model's secret; null when nothing of the request has to be hashed.</param>
    /// <param name="take">Receives each line with its end; overwritten by the next.</param>
    public void Write(CallCopy copy, byte[]? secret, Action<ReadOnlySpan<byte>> take)
    {
        if (copy.Outputs.Forecast is { } forecast)
        {
            for (int step = 0; step < forecast.Points.Count; step++)
            {
                WriteStep(copy, secret, forecast, step);
                Give(take);
            }
        }
        else
        {
            WriteRows(copy, (ServedTable)copy.Model.Model, secret, take);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private void WriteRows(CallCopy copy, ServedTable table, byte[]? secret, Action<ReadOnlySpan<byte>> take)
    {
        CallOutputs outputs = copy.Outputs;
        int refused = 0;
        PredictCall call = new(copy.Model.Version, copy.Body, limits, copy.Id);
        copy.Face.Read(table, call, (row, cells) =>
        {
            while (refused < outputs.Refused.Count && outputs.Refused[refused].Row < row)
            {
                refused++;
            }

            if (refused == outputs.Refused.Count || outputs.Refused[refused].Row != row)
            {
                WriteRow(copy, table, secret, row, cells);
                Give(take);
            }
        });
    }

    private void WriteRow(CallCopy copy, ServedTable table, byte[]? secret, int row, ReadOnlySpan<Cell> cells)
    {
        bool isTargetPersonal = copy.Plan.PersonalColumns.Contains(table.Target);
        Begin(copy, secret, row, isTargetPersonal ? default : table.Tag(copy.Outputs.Row(row)));
        json.WriteStartObject("inputs"u8);
        for (int column = 0; column < cells.Length; column++)
        {
            ColumnSchema schema = table.Inputs.Columns[column];
            json.WritePropertyName(table.ColumnsUtf8[column]);
            WriteCell(cells[column].As(schema.Type), schema.Type, copy.Plan.PersonalColumns.Contains(schema.Name) ? secret : null);
        }

        json.WriteEndObject();
        WriteOutput(table, copy.Outputs.Row(row), isTargetPersonal ? secret : null);
        End(copy);
    }

    private void WriteStep(CallCopy copy, byte[]? secret, Forecast forecast, int step)
    {
        ForecastPoint point = forecast.Points[step];
        Begin(copy, secret, step, PredictedValue.Of(point.Mean));
        json.WriteStartObject("inputs"u8);
        json.WriteNumber("horizon"u8, forecast.Points.Count);
        json.WriteNumber("level"u8, forecast.Level);
        json.WriteEndObject();
        json.WriteNumber("prediction"u8, point.Mean);
        json.WriteStartObject("forecast"u8);
        json.WriteString("time"u8, point.Time);
        json.WriteNumber("lower"u8, point.Lower);
        json.WriteNumber("upper"u8, point.Upper);
        json.WriteEndObject();
        End(copy);
    }

    private void Begin(CallCopy copy, byte[]? secret, int row, PredictedValue predicted)
    {
        line.ResetWrittenCount();
        json.Reset(line);
        json.WriteStartObject();
        json.WriteString("time"u8, copy.At.UtcDateTime);
        json.WritePropertyName("prediction_id"u8);
        json.WriteStringValue(copy.Id.Of(row, predicted));
        json.WriteString("model"u8, copy.Model.Version.ModelName);
        json.WriteString("version"u8, copy.Model.Version.Label);
        if (copy.Plan.Deployment > 0)
        {
            json.WriteNumber("deployment"u8, copy.Plan.Deployment);
        }

        json.WriteNumber("row"u8, row + 1);
        if (copy.Call.CorrelationId is { } correlation)
        {
            json.WriteString("correlation_id"u8, correlation);
        }

        if (copy.Call.CallerKey is { } caller)
        {
            json.WriteString("caller"u8, PersonalHash.Of(secret!, caller));
        }
    }

    private void End(CallCopy copy)
    {
        json.WriteNumber("latency_ms"u8, copy.Took.TotalMilliseconds);
        json.WriteNumber("log_rate"u8, copy.Plan.LogRate);
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
    }

    private void Give(Action<ReadOnlySpan<byte>> take)
    {
        if (line.WrittenCount > options.MaxLineBytes)
        {
            drops.Add(LogDrops.TooLarge, 1);
        }
        else
        {
            take(line.WrittenSpan);
        }
    }

    private void WriteCell(Cell cell, ColumnType type, byte[]? secret)
    {
        if (cell.Kind == CellKind.Missing)
        {
            json.WriteNullValue();
        }
        else if (secret is not null)
        {
            json.WriteStringValue(PersonalHash.Of(secret, cell.Kind == CellKind.Text ? cell.Text! : TextOf(cell.Number)));
        }
        else if (cell.Kind == CellKind.Number)
        {
            json.WriteNumberValue(cell.Number);
        }
        else if (type == ColumnType.Boolean && bool.TryParse(cell.Text, out bool truth))
        {
            json.WriteBooleanValue(truth);
        }
        else
        {
            json.WriteStringValue(cell.Text);
        }
    }

    private void WriteOutput(ServedTable table, ReadOnlySpan<double> output, byte[]? secret)
    {
        if (!table.IsClassifier)
        {
            json.WritePropertyName("prediction"u8);
            WriteCell(Cell.FromNumber(output[0]), ColumnType.Number, secret);
            return;
        }

        json.WriteString("prediction"u8, Label(table, Evaluator.MostProbable(output), secret));
        json.WriteStartObject("probabilities"u8);
        for (int index = 0; index < output.Length; index++)
        {
            json.WriteNumber(Label(table, index, secret), output[index]);
        }

        json.WriteEndObject();
    }

    private static string Label(ServedTable table, int index, byte[]? secret) =>
        secret is null ? table.Classes[index].Value : PersonalHash.Of(secret, table.Classes[index].Value);

    private static string TextOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
