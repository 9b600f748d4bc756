using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Trainyard.Domain.Redaction;

namespace Trainyard.Domain.Monitoring;

/// <summary>A count that only rises, per value of one label. Thread safe; counting does not lock.</summary>
public sealed class Counter
{
    private readonly ConcurrentDictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly Lock admission = new();
    private volatile bool isFull;

    internal Counter(Meter meter, string name, string help, string? label)
    {
        (Name, Help, Label) = (name, help, label);
        meter.CreateObservableCounter<long>(name, () => Values.Select(Measure), unit: null, help);
    }

    /// <summary>Prometheus name, ending in <c>_total</c>.</summary>
    public string Name { get; }

    internal string Help { get; }

    internal string? Label { get; }

    internal IEnumerable<KeyValuePair<string, long>> Values => cells.Select(cell => KeyValuePair.Create(cell.Key, cell.Value.Read()));

    /// <summary>Adds to the count.</summary>
    /// <param name="labelValue">The label's value; empty for a counter without a label. Past <see cref="MetricsRegistry.MaxSeries"/> values all others count as one.</param>
    /// <param name="count">At least 0.</param>
    public void Add(string labelValue, long count)
    {
        if (!cells.TryGetValue(labelValue, out Cell? cell))
        {
            cell = Admit(labelValue);
        }

        cell.Add(count);
    }

    private Measurement<long> Measure(KeyValuePair<string, long> series) =>
        Label is null ? new(series.Value) : new(series.Value, new KeyValuePair<string, object?>(Label, series.Key));

    // Those that come first keep their own series. The greatest cannot: a value that moved between its own and the common
    // series would make a counter fall, which Prometheus takes for a restart.
    private Cell Admit(string labelValue)
    {
        if (!isFull)
        {
            // Only here: what keeps its own series was cleaned when it came first.
            labelValue = Redactor.Clean(labelValue);
            lock (admission)
            {
                if (cells.Count < MetricsRegistry.MaxSeries || cells.ContainsKey(labelValue))
                {
                    return cells.GetOrAdd(labelValue, static _ => new Cell());
                }

                isFull = true;
            }
        }

        return cells.GetOrAdd(MetricsRegistry.Overflow, static _ => new Cell());
    }

    private sealed class Cell
    {
        private long value;

        public void Add(long count) => Interlocked.Add(ref value, count);

        public long Read() => Interlocked.Read(ref value);
    }
}
