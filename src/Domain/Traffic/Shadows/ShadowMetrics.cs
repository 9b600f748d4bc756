using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Traffic.Shadows;

/// <summary>How the answers of shadows differ from those that were sent, as far as this host has seen it.</summary>
/// <param name="book">Where it is counted.</param>
public sealed class ShadowMetrics(TallyBook book) : IMetricSource
{
    private const string Label = "model_version";

    /// <inheritdoc />
    public Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        (string Name, ShadowCounts Counts)[] shadows =
        [
            .. book.Shadows()
                .GroupBy(each => (each.Key.Tenant, each.Key.Model, each.Key.Sequence), each => (each.Key.Deployment, each.Counts))
                .Select(own => ($"{own.Key.Model}/{ModelVersion.LabelOf(own.Key.Sequence)}", own.MaxBy(each => each.Deployment).Counts))
                .OrderBy(each => each.Item1, StringComparer.Ordinal)
                .Take(MetricsRegistry.MaxSeries),
        ];
        Write(text, shadows, "ml_shadow_agreement_ratio", "Share of rows on which a shadow agrees with what was sent, under the present deployment.", counts => counts.Agreement);
        Write(text, shadows, "ml_shadow_mean_difference", "A shadow's numbers or probabilities less those sent, in the mean.", counts => counts.MeanDifference);
        Write(text, shadows, "ml_shadow_stability_index", "Population stability index of a shadow's outputs against those sent.", counts => counts.StabilityIndex);
        return Task.CompletedTask;
    }

    private static void Write(PrometheusText text, (string Name, ShadowCounts Counts)[] shadows, string metric, string help, Func<ShadowCounts, double?> read)
    {
        text.Header(metric, "gauge", help);
        foreach ((string name, ShadowCounts counts) in shadows)
        {
            if (read(counts) is { } value)
            {
                text.Sample(metric, Label, name, value);
            }
        }
    }
}
