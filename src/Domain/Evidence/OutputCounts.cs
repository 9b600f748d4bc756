using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Evidence;

/// <summary>What a version put out: how often each label, or numbers by cells. Adds up over hosts. Plain data, not thread safe.</summary>
public sealed class OutputCounts
{
    /// <summary>Labels counted by name at most; all others count as one.</summary>
    public const int MaxLabels = 100;

    /// <summary>Stands for all others.</summary>
    public const string Others = "";

    private readonly SortedDictionary<string, long> labels;

    /// <summary>Nothing yet.</summary>
    public OutputCounts()
        : this(ReadOnlyDictionary<string, long>.Empty, new NumberCounts())
    {
    }

    /// <summary>What was counted before.</summary>
    /// <param name="labels">Counts by label.</param>
    /// <param name="numbers">Counts of numbers.</param>
    [JsonConstructor]
    public OutputCounts(IReadOnlyDictionary<string, long> labels, NumberCounts numbers)
    {
        this.labels = new SortedDictionary<string, long>(labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        Numbers = numbers;
    }

    /// <summary>Counts by label; <see cref="Others"/> for those past the bound.</summary>
    public IReadOnlyDictionary<string, long> Labels => labels;

    /// <summary>Counts of numbers.</summary>
    public NumberCounts Numbers { get; }

    /// <summary>Everything counted.</summary>
    [JsonIgnore]
    public long Total => labels.Values.Sum() + Numbers.Total;

    /// <summary>Counts a label.</summary>
    public void Add(string label) => Add(label, 1);

    /// <summary>Counts a number.</summary>
    public void Add(double number) => Numbers.Add(number);

    /// <summary>Adds what somebody else counted.</summary>
    public void Add(OutputCounts other)
    {
        foreach ((string label, long count) in other.labels)
        {
            Add(label, count);
        }

        Numbers.Add(other.Numbers);
    }

    /// <summary>The same cells of both, in an order of their own: labels by name, or numbers from the least.</summary>
    public static (long[] First, long[] Second) Align(OutputCounts first, OutputCounts second)
    {
        (long[] ofFirst, long[] ofSecond) = NumberCounts.Align(first.Numbers, second.Numbers);
        string[] names = [.. first.labels.Keys.Union(second.labels.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (
            [.. names.Select(name => first.labels.GetValueOrDefault(name)), .. ofFirst],
            [.. names.Select(name => second.labels.GetValueOrDefault(name)), .. ofSecond]);
    }

    private void Add(string label, long count)
    {
        string cell = labels.ContainsKey(label) || labels.Count < MaxLabels ? label : Others;
        labels[cell] = labels.GetValueOrDefault(cell) + count;
    }
}
