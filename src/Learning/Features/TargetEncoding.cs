using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>What is predicted: the target column, the task, and for classes their labels by index. Immutable and thread safe.</summary>
public sealed class TargetEncoding
{
    private readonly Dictionary<string, int> indices;

    /// <summary>An encoding that is known already.</summary>
    /// <param name="column">The target column.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="classes">Distinct labels by class index, two or more; none for regression.</param>
    /// <exception cref="LearningException">Labels and task do not fit (<c>target_invalid</c>).</exception>
    [JsonConstructor]
    public TargetEncoding(string column, LearningTask task, IReadOnlyList<string> classes)
    {
        Column = column;
        Task = task;
        Classes = [.. classes];
        indices = new(StringComparer.Ordinal);
        bool fits = task == LearningTask.Regression ? Classes.Count == 0 : task == LearningTask.Classification && Classes.Count >= 2;
        if (!fits || Classes.Any(label => label is null || !indices.TryAdd(label, indices.Count)))
        {
            throw new LearningException("target_invalid", $"The target '{column}' has {Classes.Count} classes, or one twice, which does not fit the task {task}.", column);
        }
    }

    /// <summary>The target column.</summary>
    public string Column { get; }

    /// <summary>What is predicted.</summary>
    public LearningTask Task { get; }

    /// <summary>Class labels by class index: texts in ordinal order, numbers by size; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc cref="TargetInference.FindTarget"/>
    public static string FindTarget(TableSchema schema, string? wanted = null) => TargetInference.FindTarget(schema, wanted);

    /// <inheritdoc cref="TargetInference.Infer"/>
    public static TargetEncoding Infer(Table rows, string? targetColumn = null, LearningTask? task = null) => TargetInference.Infer(rows, targetColumn, task);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It is not an encoding (<c>target_invalid</c>).</exception>
    public static TargetEncoding FromJson(JsonNode? json) => DataJson.Read(json, FeaturesJson.Default.TargetEncoding, "target_invalid", "target");

    /// <summary>The encoding as <c>{"column","task","classes":[…]}</c>.</summary>
    public JsonObject ToJson() => DataJson.Write(this, FeaturesJson.Default.TargetEncoding);

    /// <summary>The class index of a label as a client gives it: text, or the number that the label is.</summary>
    public bool TryGetClass(Cell label, out int index)
    {
        index = -1;
        return label.Kind switch
        {
            CellKind.Text => indices.TryGetValue(label.Text!, out index),
            CellKind.Number => indices.TryGetValue(TargetInference.LabelOf(label.Number), out index),
            _ => false,
        };
    }

    /// <summary>The labels of the rows that have a target.</summary>
    /// <exception cref="LearningException">
    /// The column is not there (<c>target_missing</c>), a row has a class that is not known (<c>target_class_unknown</c>) or a
    /// value that is no number (<c>target_not_numeric</c>).
    /// </exception>
    public EncodedTarget Encode(Table rows)
    {
        if (!rows.TryGet(Column, out Column? column))
        {
            throw TargetInference.Missing(rows.Schema, Column);
        }

        int[] present = [.. Enumerable.Range(0, rows.RowCount).Where(row => !column.IsMissing(row))];
        double[] labels = Task == LearningTask.Regression ? Numbers(column, present) : ClassIndices(column, present);
        return new EncodedTarget(present, labels, rows.RowCount - present.Length);
    }

    private static double[] Numbers(Column column, int[] rows) => column is NumberColumn numbers
        ? [.. rows.Select(row => numbers.Values[row])]
        : throw TargetInference.NotNumeric(column);

    private double[] ClassIndices(Column column, int[] rows) => [.. rows.Select(row => (double)ClassAt(column, row))];

    private int ClassAt(Column column, int row) => TryGetClass(column.CellAt(row), out int index)
        ? index
        : throw new LearningException(
            "target_class_unknown",
            $"Row {row + 1} of column '{Column}' has the class '{column.TextAt(row)}', which is none of the {Classes.Count} known.",
            Column);
}
