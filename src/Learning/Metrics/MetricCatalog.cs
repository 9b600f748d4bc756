using System.Collections.Frozen;

namespace Trainyard.Learning.Metrics;

/// <summary>Every metric by name: its task, its direction and the values it can take. Thread safe.</summary>
public static class MetricCatalog
{
    private static readonly FrozenDictionary<string, MetricInfo> ByName;

    static MetricCatalog()
    {
        All =
        [
            Share(MetricNames.Accuracy, "Share of rows predicted right.", "acc", "accuracy_score"),
            Share(MetricNames.BalancedAccuracy, "Mean recall of the classes that occur.", "balanced_accuracy_score"),
            Share(MetricNames.PrecisionMacro, "Unweighted mean of the classes' precisions.", "precision", "macro_precision"),
            Share(MetricNames.RecallMacro, "Unweighted mean of the classes' recalls.", "recall", "macro_recall", "sensitivity"),
            Share(MetricNames.F1Macro, "Unweighted mean of the classes' F1.", "f1", "f1_score", "macro_f1"),
            Share(MetricNames.PrecisionWeighted, "Mean precision weighted by support.", "weighted_precision"),
            Share(MetricNames.RecallWeighted, "Mean recall weighted by support.", "weighted_recall"),
            Share(MetricNames.F1Weighted, "Mean F1 weighted by support.", "weighted_f1"),
            Share(MetricNames.RocAuc, "Area under the ROC curve; macro one-vs-rest for more than two classes.", "auc", "auc_roc", "roc_auc_score", "roc_auc_ovr"),
            Error(MetricNames.LogLoss, LearningTask.Classification, "Mean negative log-likelihood of the true class, in nats.", "loss", "logloss", "cross_entropy"),
            Error(MetricNames.BrierScore, LearningTask.Classification, "Mean squared distance between probabilities and what happened.", "brier", "brier_score_loss"),
            Error(MetricNames.Rmse, LearningTask.Regression, "Root of the mean squared error.", "root_mean_squared_error"),
            Error(MetricNames.Mae, LearningTask.Regression, "Mean absolute error.", "mean_absolute_error"),
            new(MetricNames.R2, LearningTask.Regression, true, double.NegativeInfinity, 1, "Share of the target's variance that is explained.", ["r2_score", "r_squared"]),
            Error(MetricNames.Mape, LearningTask.Regression, "Mean absolute error relative to the true value.", "mean_absolute_percentage_error"),
            new(MetricNames.Smape, LearningTask.Regression, false, 0, ForecastErrors.LargestSmape, "Mean absolute error relative to the mean size of true and predicted value.", ["symmetric_mean_absolute_percentage_error"]),
            Error(MetricNames.Mase, LearningTask.Forecasting, "Mean absolute error over that of the seasonal naive forecast within the past; below 1 is better than it.", "mean_absolute_scaled_error"),
            new(MetricNames.Coverage, LearningTask.Forecasting, true, 0, 1, "Share of true values within their interval; best at the interval's level.", ["interval_coverage"]),
            new(MetricNames.AnomalyAuc, LearningTask.AnomalyDetection, true, 0, 1, "Area under the ROC curve of anomaly scores, where labels are there.", ["anomaly_roc_auc"]),
            new(MetricNames.AnomalyF1, LearningTask.AnomalyDetection, true, 0, 1, "Harmonic mean of precision and recall of anomalies, where labels are there.", []),
            new(MetricNames.FlaggedShare, LearningTask.AnomalyDetection, false, 0, 1, "Share of rows called anomalies.", ["anomaly_rate"]),
            new(MetricNames.Silhouette, LearningTask.Clustering, true, -1, 1, "How much nearer rows are to their own cluster than to the next.", ["silhouette_score"]),
            Error(MetricNames.Inertia, LearningTask.Clustering, "Sum of squared distances between rows and the centres of their clusters."),
        ];
        ByName = All
            .SelectMany(metric => metric.Aliases.Prepend(metric.Name), (metric, name) => KeyValuePair.Create(name, metric))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All metrics, in the order in which people read them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; }

    /// <summary>The metrics of one task.</summary>
    public static IEnumerable<MetricInfo> For(LearningTask task) => All.Where(metric => metric.Measures(task));

    /// <summary>The metric by which candidates are compared when nobody names one.</summary>
    public static MetricInfo Default(LearningTask task) =>
        ByName[task switch
        {
            LearningTask.Classification => MetricNames.Accuracy,
            LearningTask.Regression => MetricNames.Rmse,
            LearningTask.AnomalyDetection => MetricNames.AnomalyAuc,
            LearningTask.Forecasting => MetricNames.Mase,
            _ => MetricNames.Silhouette,
        }];

    /// <summary>Looks a metric up by its name or an alias; case, spaces and hyphens do not matter.</summary>
    /// <returns>The metric, or null when the name is unknown.</returns>
    public static MetricInfo? Find(string name) => ByName.GetValueOrDefault(Normalize(name));

    /// <summary>Looks a metric up by its name or an alias.</summary>
    /// <exception cref="LearningException"><c>metric_unknown</c>, naming what is known.</exception>
    public static MetricInfo Get(string name) =>
        Find(name) ?? throw new LearningException("metric_unknown", $"There is no metric '{name}'; known are {string.Join(", ", All.Select(metric => metric.Name))}.", "metric");

    /// <summary>Looks a metric up and checks that it measures <paramref name="task"/>.</summary>
    /// <exception cref="LearningException"><c>metric_unknown</c>, or <c>metric_task_mismatch</c>.</exception>
    public static MetricInfo Get(string name, LearningTask task)
    {
        MetricInfo metric = Get(name);
        return metric.Measures(task)
            ? metric
            : throw new LearningException("metric_task_mismatch", $"Metric '{metric.Name}' measures {metric.Task.Word()}, but the target asks for {task.Word()}; use one of {string.Join(", ", For(task).Select(each => each.Name))}.", "metric");
    }

    private static string Normalize(string name) =>
        name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    private static MetricInfo Share(string name, string description, params string[] aliases) =>
        new(name, LearningTask.Classification, true, 0, 1, description, aliases);

    private static MetricInfo Error(string name, LearningTask task, string description, params string[] aliases) =>
        new(name, task, false, 0, double.PositiveInfinity, description, aliases);
}
