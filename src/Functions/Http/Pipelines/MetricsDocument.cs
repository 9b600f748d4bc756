using Trainyard.Domain.Pipelines;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A pipeline's metrics history, oldest first.</summary>
internal sealed record MetricsDocument(
    string PipelineId, string ModelName, string TargetMetric, IReadOnlyList<MetricsPoint> History, double? TrendPercent, bool MeetsThreshold)
{
    public static MetricsDocument Of(PipelineHistory history) => new(
        history.Pipeline.Id,
        history.Pipeline.Settings.ModelName,
        history.Pipeline.Settings.TargetMetric,
        [.. history.Points.Select(point => new MetricsPoint(point.Timestamp, point.RunId, point.Metrics))],
        history.TrendPercent,
        history.MeetsThreshold);
}
