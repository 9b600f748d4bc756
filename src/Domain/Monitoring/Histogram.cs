using System.Diagnostics.Metrics;

namespace Trainyard.Domain.Monitoring;

/// <summary>How often observations fell below each bound, with their sum. Thread safe; observing does not lock.</summary>
public sealed class Histogram
{
    private readonly double[] bounds;
    private readonly long[] counts;
    private readonly Histogram<double> instrument;
    private double sum;

    internal Histogram(Meter meter, string name, string help, IReadOnlyList<double> bounds)
    {
        Name = name;
        Help = help;
        this.bounds = [.. bounds];
        counts = new long[this.bounds.Length + 1];
        instrument = meter.CreateHistogram(name, UnitOf(name), help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = this.bounds });
    }

    /// <summary>Prometheus name with its unit.</summary>
    public string Name { get; }

    internal string Help { get; }

    internal double Sum => Volatile.Read(ref sum);

    internal ReadOnlySpan<double> Bounds => bounds;

    /// <summary>Records one observation.</summary>
    public void Observe(double value)
    {
        instrument.Record(value);
        int index = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref counts[index < 0 ? ~index : index]);
        double before;
        do
        {
            before = Volatile.Read(ref sum);
        }
        while (Interlocked.CompareExchange(ref sum, before + value, before) != before);
    }

    internal long Count(int bucket) => Interlocked.Read(ref counts[bucket]);

    // By the Unified Code for Units of Measure, as OpenTelemetry has it.
    private static string? UnitOf(string name) => name.EndsWith("_seconds", StringComparison.Ordinal) ? "s" : name.EndsWith("_bytes", StringComparison.Ordinal) ? "By" : null;
}
