namespace Trainyard.Domain.Pipelines;

/// <summary>What holds where a pipeline's definition is silent, and its bounds.</summary>
public static class PipelineDefaults
{
    /// <summary>The gate for metrics whose best value is 1: four of five right.</summary>
    public const double Threshold = 0.8;

    /// <summary>The gate for the share of rows called anomalies: above a half they are the rule.</summary>
    public const double FlaggedThreshold = 0.5;

    /// <summary>The gate for silhouettes: rows are nearer to their own cluster than to the next.</summary>
    public const double SilhouetteThreshold = 0;

    /// <summary>The gate for scaled errors of forecasts: no worse than going on as in the last season.</summary>
    public const double ScaledErrorThreshold = 1;

    /// <summary>The seed: any fixed number does, so that two pipelines over the same data agree.</summary>
    public const long Seed = 42;

    /// <summary>Characters of a dataset URI at most; the length that browsers and proxies commonly carry.</summary>
    public const int MaxDatasetUriLength = 2048;

    /// <summary>Characters of a column name at most.</summary>
    public const int MaxColumnNameLength = 256;

    /// <summary>Monotone constraints at most: more columns than anyone knows a direction of; each costs some 300 bytes in every run's record.</summary>
    public const int MaxMonotoneColumns = 100;

    /// <summary>Seconds that a run's search for the best candidate may take at most: a day, after which the next scheduled run would be due.</summary>
    public const int MaxTimeBudgetSeconds = 24 * 60 * 60;

    /// <summary>Runs in the metrics history when the caller does not say; as the first API documents it.</summary>
    public const int HistoryLimit = 10;

    /// <summary>Between two slots of a schedule at least: several ticks of the timer that starts due runs, so that each slot is met.</summary>
    public static readonly TimeSpan ShortestScheduleGap = TimeSpan.FromMinutes(1);
}
