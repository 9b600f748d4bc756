using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>What is predicted: the target column, the task, and for classes their labels by index.</summary>
public sealed class TargetEncoding
{
    private TargetEncoding(string column, LearningTask task, IReadOnlyList<string> classes) => (Column, Task, Classes) = (column, task, classes);

    /// <summary>The target column.</summary>
    public string Column { get; }

    /// <summary>What is predicted.</summary>
    public LearningTask Task { get; }

    /// <summary>Class labels by class index: texts in ordinal order, numbers by size; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The target column of a table: <paramref name="wanted"/>, or one named target, label, class or y (any case, in that order), or the last.</summary>
    /// <exception cref="LearningException">It is not there (<c>target_missing</c>).</exception>
    public static string FindTarget(TableSchema schema, string? wanted = null) => throw new NotSupportedException();

    /// <summary>Learns classes and task from the rows that have a target.</summary>
    /// <param name="rows">All rows: which classes there are is no secret of the rows held out.</param>
    /// <param name="targetColumn">As of <see cref="FindTarget"/>.</param>
    /// <param name="task">The task if it is known; null to infer it.</param>
    /// <exception cref="LearningException">
    /// <c>target_missing</c>, <c>target_all_missing</c>, <c>target_one_class</c>, <c>target_constant</c>, <c>target_not_numeric</c>,
    /// <c>target_too_many_classes</c> or <c>too_few_rows</c>; the field names the column.
    /// </exception>
    public static TargetEncoding Infer(Table rows, string? targetColumn = null, LearningTask? task = null) => throw new NotSupportedException();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It is not an encoding (<c>target_invalid</c>).</exception>
    public static TargetEncoding FromJson(JsonNode? json) => throw new NotSupportedException();

    /// <summary>The encoding as part of a model's manifest.</summary>
    public JsonObject ToJson() => throw new NotSupportedException();

    /// <summary>The labels of the rows that have a target.</summary>
    /// <exception cref="LearningException">A row has a class that is not known (<c>target_class_unknown</c>) or a value that is no number (<c>target_not_numeric</c>).</exception>
    public EncodedTarget Encode(Table rows) => throw new NotSupportedException();
}
