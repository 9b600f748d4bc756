using System.Text.Json;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Evidence;

namespace Trainyard.Functions.Http.Traffic;

/// <summary>Deployments as callers see them.</summary>
internal static class TrafficMapping
{
    // Bounds of what is shown hold with 95 %.
    private const double ReportAlpha = 0.05;
    private const double MillisecondsOfSecond = 1000;

    public static TrafficView View(RegisteredModel model, Deployment deployment) => new(
        model.Id,
        model.Name,
        deployment.Number,
        deployment.DeployedAt,
        Word(deployment.Strategy),
        Label(deployment.Sequence),
        Shares(deployment.Shares),
        Shares(deployment.Traffic.Shadows),
        Label(deployment.Traffic.Fallback),
        deployment.Traffic.LogRate);

    public static TrafficReport Report(
        RegisteredModel model, Deployment deployment, IReadOnlyDictionary<int, VersionCounts> versions, IReadOnlyDictionary<int, ShadowCounts> shadows) => new(
        model.Name, deployment.Number, deployment.DeployedAt, [.. versions.Select(each => Report(each.Key, each.Value))], [.. shadows.Select(each => Report(each.Key, each.Value))]);

    public static IReadOnlyList<ShareView> Shares(IEnumerable<VersionShare> shares) =>
        [.. shares.Select(share => new ShareView(ModelVersion.LabelOf(share.Sequence), share.Percent))];

    public static string Word(DeploymentStrategy strategy) => JsonNamingPolicy.SnakeCaseLower.ConvertName(strategy.ToString());

    private static VersionReport Report(int sequence, VersionCounts counts)
    {
        Interval bounds = ShareSequence.Of(counts.Failures, counts.Calls, ReportAlpha);
        return new(
            ModelVersion.LabelOf(sequence),
            counts.Calls,
            counts.Failures,
            counts.Calls == 0 ? null : counts.Failures / (double)counts.Calls,
            bounds.Lower,
            bounds.Upper,
            counts.Calls == 0 ? null : counts.Seconds / counts.Calls * MillisecondsOfSecond,
            [.. counts.Latencies.Select((calls, cell) => new LatencyCell(cell < VersionCounts.LatencyBounds.Count ? VersionCounts.LatencyBounds[cell] * MillisecondsOfSecond : null, calls))],
            counts.Outputs.Total,
            counts.Outputs.Labels);
    }

    private static ShadowReport Report(int sequence, ShadowCounts counts) => new(
        ModelVersion.LabelOf(sequence),
        counts.Calls,
        counts.Failures,
        counts.Dropped,
        counts.Rows,
        counts.Agreement,
        counts.MeanDifference,
        counts.MeanAbsoluteDifference,
        counts.StabilityIndex);

    private static string? Label(int? sequence) => sequence is { } number ? ModelVersion.LabelOf(number) : null;
}
