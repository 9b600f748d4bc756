using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>The target of a task that learns without labels: none, or labels that are only looked at to evaluate.</summary>
internal static class UnsupervisedTarget
{
    /// <summary>What rows without labels are called.</summary>
    private static readonly string[] AnomalyNames = ["normal", "anomaly"];

    /// <param name="rows">All rows.</param>
    /// <param name="column">A column of two labels, of which the rarer is the anomaly (of equally frequent ones the later); null or empty for none.</param>
    /// <param name="task">Anomaly detection or clustering.</param>
    /// <exception cref="LearningException"><c>too_few_rows</c>, <c>target_missing</c>, <c>target_all_missing</c>, <c>target_not_two_classes</c> or <c>target_unused</c>.</exception>
    public static TargetEncoding Of(Table rows, string? column, LearningTask task)
    {
        if (rows.RowCount < TargetInference.MinRows)
        {
            throw new LearningException("too_few_rows", $"There are {rows.RowCount} rows; at least {TargetInference.MinRows} are needed.");
        }

        if (string.IsNullOrEmpty(column))
        {
            return new TargetEncoding("", task, task == LearningTask.AnomalyDetection ? AnomalyNames : []);
        }

        if (task == LearningTask.Clustering)
        {
            throw new LearningException("target_unused", $"Clustering has no target; leave '{column}' out of the request, and out of the data if it is not to shape the clusters.", column);
        }

        return new TargetEncoding(column, task, Labels(rows[TargetInference.FindTarget(rows.Schema, column)]));
    }

    private static string[] Labels(Column column)
    {
        if (column.MissingCount == column.RowCount)
        {
            throw new LearningException("target_all_missing", $"The target '{column.Name}' has no value in any of {column.RowCount} rows.", column.Name);
        }

        List<string> labels = TargetInference.Labels(column);
        if (labels.Count != 2)
        {
            throw new LearningException("target_not_two_classes", $"The target '{column.Name}' has {labels.Count} labels; anomaly detection tells normal rows from anomalies, so it must have two.", column.Name);
        }

        EncodedTarget encoded = new TargetEncoding(column.Name, LearningTask.Classification, labels).Encode(new Table([column]));
        bool firstIsRarer = encoded.Labels.Count(label => label == 0) < encoded.Labels.Count(label => label == 1);
        return firstIsRarer ? [labels[1], labels[0]] : [.. labels];
    }
}
