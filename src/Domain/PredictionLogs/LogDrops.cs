using Trainyard.Domain.Monitoring;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Counts rows that were to be logged and are not. Thread safe.</summary>
/// <param name="metrics">Shows it.</param>
internal sealed class LogDrops(MetricsRegistry metrics)
{
    /// <summary>More requests waited than may.</summary>
    public const string Busy = "busy";

    /// <summary>Storage did not take lines for so long that more waited than may, or did not give the model's secret.</summary>
    public const string Storage = "storage";

    /// <summary>A line was larger than lines may be.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The segment was removed while lines waited for it, with its model or for its age.</summary>
    public const string Removed = "removed";

    /// <summary>The host stopped before storage took them.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>They could not be written out, which is a fault of ours and is logged.</summary>
    public const string Failed = "failed";

    private readonly Counter dropped = metrics.Counter("ml_prediction_log_dropped_total", "Rows that were to be logged and are not, by reason.", "reason");

    /// <summary>Counts rows.</summary>
    public void Add(string reason, long rows)
    {
        if (rows > 0)
        {
            dropped.Add(reason, rows);
        }
    }
}
