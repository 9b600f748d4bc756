using System.Text;
using System.Text.Json;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Serving;

/// <summary>A model in memory with what the hot path needs prepared. Immutable and thread safe.</summary>
internal sealed class ServedModel
{
    private readonly TabularModel model;

    public ServedModel(TabularModel model)
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

    public int ScratchLength => model.ScratchLength;

    public int OutputCount => model.OutputCount;

    public bool TryGetColumn(string name, out int index) => model.Inputs.TryGetIndex(name, out index);

    /// <summary>Predicts one row without allocating.</summary>
    /// <param name="row">One cell per column.</param>
    /// <param name="output">Receives <see cref="OutputCount"/> values.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    /// <exception cref="LearningException">A cell does not fit its column.</exception>
    public void Predict(ReadOnlySpan<Cell> row, Span<double> output, Span<double> scratch) => model.Predict(row, output, scratch);
}
