namespace Trainyard.Learning.Metrics;

/// <summary>What predictions on one set of rows are worth. Plain data: it serialises as it is.</summary>
/// <param name="Task">What was predicted.</param>
/// <param name="RowCount">Rows evaluated.</param>
/// <param name="Metrics">Values by canonical name, in ordinal order. A metric that these rows leave undefined (ROC AUC without a class, R² of a constant) is absent.</param>
/// <param name="Classes">One entry per class in label order; empty for regression.</param>
/// <param name="Confusion">Counts, a row per true class and a column per predicted class; empty for regression.</param>
public sealed record Evaluation(
    LearningTask Task,
    int RowCount,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<ClassMetrics> Classes,
    IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>The value of a metric, by name or alias.</summary>
    /// <exception cref="LearningException"><c>metric_unknown</c>, <c>metric_task_mismatch</c>, or <c>metric_undefined</c> when these rows leave it undefined.</exception>
    public double Value(string metric)
    {
        string name = MetricCatalog.Get(metric, Task).Name;
        return Metrics.TryGetValue(name, out double value)
            ? value
            : throw new LearningException("metric_undefined", $"Metric '{name}' is undefined on these {RowCount} rows: they do not hold every class, have no labels, or do not vary. Use more rows or another metric.", "metric");
    }
}
