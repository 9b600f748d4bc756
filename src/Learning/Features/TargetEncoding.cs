using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>What is predicted: the target column, the task, and for classes their labels by index. Immutable and thread safe.</summary>
public sealed class TargetEncoding
{
    private readonly Dictionary<string, int> indices;

    /// <summary>An encoding that is known already.</summary>
    /// <param name="column">The target column; empty for a task without labels.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="classes">Distinct labels by class index, two or more; none for regression. For anomaly detection the labels of normal rows and of anomalies, for clustering the names of the clusters, none before the fit.</param>
    /// <exception cref="LearningException">Labels and task do not fit (<c>target_invalid</c>).</exception>
    [JsonConstructor]
    public TargetEncoding(string column, LearningTask task, IReadOnlyList<string> classes)
    {
        Column = column;
        Task = task;
        Classes = [.. classes];
        indices = new(StringComparer.Ordinal);
        bool fits = task switch
        {
            LearningTask.Classification => Classes.Count >= 2,
            LearningTask.Regression or LearningTask.Forecasting => Classes.Count == 0,
            LearningTask.AnomalyDetection => Classes.Count == 2,
            _ => task == LearningTask.Clustering && column is "",
        };
        if (!fits || (column is "" && task.IsSupervised()) || Classes.Any(label => label is null || !indices.TryAdd(label, indices.Count)))
        {
            throw new LearningException("target_invalid", $"The target '{column}' has {Classes.Count} classes, or one twice, which does not fit the task {task}.", column);
        }
    }

    /// <summary>The target column; empty when there is none.</summary>
    public string Column { get; }

    /// <summary>True when rows may have a label.</summary>
    public bool HasColumn => Column.Length > 0;

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

    /// <summary>The labels of the rows that have a target; all rows, with labels that say nothing, where there is no target column.</summary>
    /// <exception cref="LearningException">
    /// The column is not there (<c>target_missing</c>), a row has a class that is not known (<c>target_class_unknown</c>) or a
    /// value that is no number (<c>target_not_numeric</c>).
    /// </exception>
    public EncodedTarget Encode(Table rows, CancellationToken cancellationToken = default)
    {
        if (!HasColumn)
        {
            return new EncodedTarget([.. Enumerable.Range(0, rows.RowCount)], new double[rows.RowCount], 0);
        }

        if (!rows.TryGet(Column, out Column? column))
        {
            throw TargetInference.Missing(rows.Schema, Column);
        }

        int[] present = [.. Enumerable.Range(0, rows.RowCount).Where(row => !column.IsMissing(row))];
        double[] labels = Task.PredictsLabels() ? ClassIndices(column, present, cancellationToken) : Numbers(column, present);
        return new EncodedTarget(present, labels, rows.RowCount - present.Length);
    }

    /// <summary>The same encoding with a name for each cluster that a model found.</summary>
    internal TargetEncoding WithClusters(int count) => new(Column, Task, [.. Enumerable.Range(0, count).Select(cluster => $"cluster_{cluster}")]);

    private static double[] Numbers(Column column, int[] rows) => column is NumberColumn numbers
        ? [.. rows.Select(row => numbers.Values[row])]
        : throw TargetInference.NotNumeric(column);

    private double[] ClassIndices(Column column, int[] rows, CancellationToken cancellationToken)
    {
        // The name of a number is made once per class: to write out every row's would take longer than all the rest.
        Dictionary<double, int> byNumber = [];
        ReadOnlySpan<double> numbers = column is NumberColumn own ? own.Values : [];
        double[] labels = new double[rows.Length];
        for (int index = 0; index < labels.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int row = rows[index];
            if (numbers.IsEmpty)
            {
                labels[index] = ClassAt(column, row);
                continue;
            }

            ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(byNumber, numbers[row], out bool isKnown);
            if (!isKnown)
            {
                known = ClassAt(column, row);
            }

            labels[index] = known;
        }

        return labels;
    }

    private int ClassAt(Column column, int row) => TryGetClass(column.CellAt(row), out int index)
        ? index
        : throw new LearningException(
            "target_class_unknown",
            $"Row {row + 1} of column '{Column}' has the class '{column.TextAt(row)}', which is none of the {Classes.Count} known.",
            Column);
}
