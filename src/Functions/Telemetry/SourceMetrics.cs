using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Monitoring;

namespace Trainyard.Functions.Telemetry;

/// <summary>
/// The metrics that are derived from what is stored, as instruments of .NET: the other face of what a scrape asks for at once.
/// Instruments are read by whoever exports, who cannot wait for storage; so what they tell is what was derived last.
/// </summary>
/// <param name="sources">What derives.</param>
/// <param name="logger">Told when storage does not answer.</param>
internal sealed partial class SourceMetrics(IEnumerable<IMetricSource> sources, ILogger<SourceMetrics> logger) : IDisposable
{
    private readonly Meter meter = new(MetricsRegistry.MeterName);
    private readonly ConcurrentDictionary<string, MetricFamily> latest = new(StringComparer.Ordinal);

    /// <summary>Derives all metrics anew. What cannot be derived keeps its value.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (IMetricSource source in sources)
        {
            PrometheusText text = new();
            try
            {
                await source.WriteAsync(text, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogStale(failure, source.GetType().Name);
            }

            foreach (MetricFamily family in text.Families)
            {
                Keep(family);
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private void Keep(MetricFamily family)
    {
        bool isNew = !latest.ContainsKey(family.Name);
        latest[family.Name] = family;
        if (isNew && family.Type == "counter")
        {
            meter.CreateObservableCounter<double>(family.Name, () => Read(family.Name), unit: null, family.Help);
        }
        else if (isNew)
        {
            meter.CreateObservableGauge<double>(family.Name, () => Read(family.Name), unit: null, family.Help);
        }
    }

    private IEnumerable<Measurement<double>> Read(string name) => latest[name].Samples.Select(static sample => sample.Label is { } label
        ? new Measurement<double>(sample.Value, new KeyValuePair<string, object?>(label, sample.LabelValue))
        : new Measurement<double>(sample.Value));

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "{Source} cannot be derived; its metrics stay as they were")]
    private partial void LogStale(Exception failure, string source);
}
