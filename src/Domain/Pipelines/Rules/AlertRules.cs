using Trainyard.Domain.Alerts;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>Which alerts a measured run is worth.</summary>
internal static class AlertRules
{
    /// <summary>One alert where the threshold is missed, one where the metric is noticeably worse than in the run before.</summary>
    /// <param name="run">The run; its start is the moment of the alerts, so that they are the same whenever they are made.</param>
    /// <param name="metrics">Its metrics.</param>
    /// <param name="previous">Those of the run before; null when there is none.</param>
    public static IEnumerable<Alert> Of(PipelineRun run, IReadOnlyDictionary<string, double> metrics, IReadOnlyDictionary<string, double>? previous)
    {
        PipelineSettings settings = run.Settings;
        MetricInfo metric = MetricCatalog.Get(settings.TargetMetric);
        if (!metrics.TryGetValue(metric.Name, out double value))
        {
            yield break;
        }

        if (!metric.Meets(value, settings.Threshold))
        {
            string message = $"{metric.Name} of {settings.ModelName} is {value:0.####}, which misses the threshold {settings.Threshold:0.####}.";
            yield return Make(run, AlertKind.ThresholdMissed, message, value, settings.Threshold);
        }

        if (previous is not null && previous.TryGetValue(metric.Name, out double before) && Degradation.IsDegraded(before, value, metric))
        {
            string message = $"{metric.Name} of {settings.ModelName} went from {before:0.####} to {value:0.####}, {Degradation.Worsening(before, value, metric):0.#%} worse than the run before.";
            yield return Make(run, AlertKind.MetricDegraded, message, value, before);
        }
    }

    private static Alert Make(PipelineRun run, AlertKind kind, string message, double value, double expected)
    {
        string suffix = kind == AlertKind.ThresholdMissed ? "threshold" : "degraded";
        return new Alert(
            $"{run.Id}-{suffix}", kind, message, run.StartedAt ?? run.CreatedAt, run.Settings.ModelName, run.PipelineId, run.Id,
            run.Settings.TargetMetric, value, expected);
    }
}
