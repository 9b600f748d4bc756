namespace Trainyard.Domain.Monitoring;

/// <summary>How often observations fell below each bound, with their sum. Thread safe; observing does not lock.</summary>
public sealed class Histogram
{
    private readonly double[] bounds;
    private readonly long[] counts;
    private double sum;

    internal Histogram(string name, string help, IReadOnlyList<double> bounds)
    {
        Name = name;
        Help = help;
        this.bounds = [.. bounds];
        counts = new long[this.bounds.Length + 1];
    }

    /// <summary>Prometheus name with its unit.</summary>
    public string Name { get; }

    internal string Help { get; }

    internal double Sum => Volatile.Read(ref sum);

    internal ReadOnlySpan<double> Bounds => bounds;

    /// <summary>Records one observation.</summary>
    public void Observe(double value)
    {
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
}
