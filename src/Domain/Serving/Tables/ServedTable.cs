using System.Buffers;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>A model of tables: takes rows by column name and answers with a prediction for each.</summary>
internal sealed class ServedTable : ServedModel
{
    private readonly TabularModel model;

    public ServedTable(TabularModel model)
    {
        this.model = model;
        Classes = [.. model.Classes.Select(name => JsonEncodedText.Encode(name))];
        Columns = [.. model.Inputs.Columns.Select(column => column.Name)];
        ColumnsUtf8 = [.. Columns.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The column it predicts.</summary>
    public string Target => model.Target.Column;

    /// <summary>True when it answers with a label and a value for each label; false when with a number.</summary>
    public bool IsClassifier => model.Task.PredictsLabels();

    /// <summary>Labels by index: classes, normal and anomaly, or clusters; empty for numbers.</summary>
    public IReadOnlyList<JsonEncodedText> Classes { get; }

    /// <summary>The columns it reads, in cell order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The same in UTF-8, to compare with request bytes without making text.</summary>
    public byte[][] ColumnsUtf8 { get; }

    public int OutputCount => model.OutputCount;

    public bool TryGetColumn(string name, out int index) => model.Inputs.TryGetIndex(name, out index);

    /// <inheritdoc/>
    public override int Answer(
        ModelVersion version, ReadOnlySpan<byte> body, int maxRows, IIdSource ids, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        Cell[] cells = ArrayPool<Cell>.Shared.Rent(Math.Max(Columns.Count, 1));
        using PredictionOutputs outputs = new(OutputCount);
        try
        {
            Span<Cell> row = cells.AsSpan(0, Columns.Count);
            InstanceReader reader = new(body, this, maxRows, row);
            PredictAll(ref reader, row, outputs);
        }
        finally
        {
            // Cleared, since cells hold texts of the caller.
            ArrayPool<Cell>.Shared.Return(cells, clearArray: true);
        }

        PredictionWriter.Write(answer, version, this, outputs.Values, ids);
        return outputs.RowCount;
    }

    private void PredictAll(ref InstanceReader reader, ReadOnlySpan<Cell> row, PredictionOutputs outputs)
    {
        double[] scratch = ArrayPool<double>.Shared.Rent(Math.Max(model.ScratchLength, 1));
        try
        {
            while (reader.TryRead())
            {
                model.Predict(row, outputs.AddRow(), scratch);
            }
        }
        catch (LearningException exception)
        {
            throw ServingProblems.ValueUnusable(exception.Field ?? string.Empty, reader.RowNumber, exception.Message, exception);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }
}
