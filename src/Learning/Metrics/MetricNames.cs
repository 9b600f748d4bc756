namespace Trainyard.Learning.Metrics;

/// <summary>The canonical names of the metrics in <see cref="MetricCatalog"/>.</summary>
public static class MetricNames
{
    /// <summary>Share of rows predicted right.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Mean of the recalls of the classes that occur.</summary>
    public const string BalancedAccuracy = "balanced_accuracy";

    /// <summary>Unweighted mean of the classes' precisions.</summary>
    public const string PrecisionMacro = "precision_macro";

    /// <summary>Unweighted mean of the classes' recalls.</summary>
    public const string RecallMacro = "recall_macro";

    /// <summary>Unweighted mean of the classes' F1.</summary>
    public const string F1Macro = "f1_macro";

    /// <summary>Mean of the classes' precisions, weighted by support.</summary>
    public const string PrecisionWeighted = "precision_weighted";

    /// <summary>Mean of the classes' recalls, weighted by support.</summary>
    public const string RecallWeighted = "recall_weighted";

    /// <summary>Mean of the classes' F1, weighted by support.</summary>
    public const string F1Weighted = "f1_weighted";

    /// <summary>Area under the receiver operating characteristic.</summary>
    public const string RocAuc = "roc_auc";

    /// <summary>Mean negative log-likelihood of the true class.</summary>
    public const string LogLoss = "log_loss";

    /// <summary>Mean squared distance between probabilities and what happened.</summary>
    public const string BrierScore = "brier_score";

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public const string Rmse = "rmse";

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public const string Mae = "mae";

    /// <summary>Share of the target's variance that is explained.</summary>
    public const string R2 = "r2";

    /// <summary>Mean absolute error relative to the true value; 0.1 is ten percent.</summary>
    public const string Mape = "mape";

    /// <summary>Symmetric mean absolute percentage error, from 0 to 2.</summary>
    public const string Smape = "smape";

    /// <summary>Mean absolute error over that of the seasonal naive forecast within the past.</summary>
    public const string Mase = "mase";

    /// <summary>Share of true values within their interval.</summary>
    public const string Coverage = "coverage";

    /// <summary>Area under the receiver operating characteristic of anomaly scores, where labels are there.</summary>
    public const string AnomalyAuc = "anomaly_auc";

    /// <summary>Harmonic mean of precision and recall of anomalies, where labels are there.</summary>
    public const string AnomalyF1 = "anomaly_f1";

    /// <summary>Share of rows called anomalies.</summary>
    public const string FlaggedShare = "flagged_share";

    /// <summary>Mean silhouette: how much nearer rows are to their own cluster than to the next.</summary>
    public const string Silhouette = "silhouette";

    /// <summary>Sum of squared distances between rows and the centres of their clusters.</summary>
    public const string Inertia = "inertia";
}
