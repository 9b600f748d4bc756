using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Trainyard.Domain.Monitoring;

/// <summary>The metrics of this process. Thread safe.</summary>
/// <remarks>
/// What must outlive a restart (runs of pipelines) is no counter here but an <see cref="IMetricSource"/> that derives it
/// from stored records whenever it is asked. Counters here start at zero with the process, as Prometheus expects.
/// The same counters and histograms are instruments of a <see cref="Meter"/> named <see cref="MeterName"/>, for whoever exports those.
/// </remarks>
public sealed class MetricsRegistry : IDisposable
{
    /// <summary>Values of one label at most, beside the one that stands for all others; a scrape must stay small.</summary>
    public const int MaxSeries = 100;

    /// <summary>The name under which exporters find all of the platform's metrics.</summary>
    public const string MeterName = "Trainyard";

    internal const string Overflow = "other";

    private readonly Meter meter = new(MeterName);
    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Histogram> histograms = new(StringComparer.Ordinal);

    /// <summary>The counter of that name, made on first use.</summary>
    /// <param name="name">Prometheus name, ending in <c>_total</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="label">The name of its label, or null.</param>
    public Counter Counter(string name, string help, string? label = null) => counters.GetOrAdd(name, _ => new Counter(meter, name, help, label));

    /// <summary>The histogram of that name, made on first use.</summary>
    /// <param name="name">Prometheus name with its unit.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="bounds">Upper bounds, rising; infinity is added.</param>
    public Histogram Histogram(string name, string help, IReadOnlyList<double> bounds) => histograms.GetOrAdd(name, _ => new Histogram(meter, name, help, bounds));

    /// <summary>Takes the instruments from exporters.</summary>
    public void Dispose() => meter.Dispose();

    /// <summary>Writes all counters and histograms, by name.</summary>
    public void Write(PrometheusText text)
    {
        foreach (Counter counter in counters.Values.OrderBy(counter => counter.Name, StringComparer.Ordinal))
        {
            text.Header(counter.Name, "counter", counter.Help);
            foreach ((string value, long count) in counter.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Sample(counter.Name, counter.Label, value, count);
            }
        }

        foreach (Histogram histogram in histograms.Values.OrderBy(histogram => histogram.Name, StringComparer.Ordinal))
        {
            text.Write(histogram);
        }
    }
}
