using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines;

/// <summary>How a pipeline's runs were measured over time.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Points">Measured runs, oldest first.</param>
/// <param name="TrendPercent">See <see cref="Trend.Percent"/>; null where it cannot be told.</param>
/// <param name="MeetsThreshold">Whether the newest value meets the threshold that holds now; false without a value.</param>
public sealed record PipelineHistory(Pipeline Pipeline, IReadOnlyList<RunMetrics> Points, double? TrendPercent, bool MeetsThreshold)
{
    /// <summary>Reads trend and standing out of a history.</summary>
    public static PipelineHistory Of(Pipeline pipeline, IReadOnlyList<RunMetrics> points)
    {
        MetricInfo metric = MetricCatalog.Get(pipeline.Settings.TargetMetric);
        double[] values =
        [
            .. points.Select(point => point.Metrics.TryGetValue(metric.Name, out double value) ? value : double.NaN).Where(double.IsFinite),
        ];
        bool meets = values.Length > 0 && metric.Meets(values[^1], pipeline.Settings.Threshold);
        return new PipelineHistory(pipeline, points, Trend.Percent(values), meets);
    }
}
