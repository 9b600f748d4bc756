using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Evidence;

/// <summary>Counts of numbers by cells whose width follows the size of the numbers: two of them add up, whoever counted. Plain data, not thread safe.</summary>
/// <remarks>
/// A cell is the leading bits of a double: sign, exponent and <see cref="Digits"/> of its fraction, so that it is one part in 1,024 wide. When
/// there are more than <see cref="MaxCells"/>, every two neighbours become one, as in a sketch that collapses evenly (Epicoco and others,
/// UDDSketch, IEEE Access 8, 2020); cells of either width nest, so that the finer of two is brought to the width of the other.
/// </remarks>
public sealed class NumberCounts
{
    /// <summary>Cells at most: enough for hundredths of a distribution, few enough for a small record.</summary>
    public const int MaxCells = 512;

    /// <summary>Bits of the fraction that are kept at first.</summary>
    public const int Digits = 10;

    private const int FractionBits = 52;
    private readonly SortedDictionary<long, long> cells;

    /// <summary>Nothing yet.</summary>
    public NumberCounts()
        : this(0, ReadOnlyDictionary<long, long>.Empty)
    {
    }

    /// <summary>What was counted before.</summary>
    /// <param name="width">How often neighbours were made one.</param>
    /// <param name="cells">Cells and their counts.</param>
    [JsonConstructor]
    public NumberCounts(int width, IReadOnlyDictionary<long, long> cells)
    {
        (Width, Total) = (width, cells.Values.Sum());
        this.cells = new SortedDictionary<long, long>(cells.ToDictionary());
    }

    /// <summary>How often neighbours were made one.</summary>
    public int Width { get; private set; }

    /// <summary>Numbers counted.</summary>
    [JsonIgnore]
    public long Total { get; private set; }

    /// <summary>Cells and their counts, in the order of the numbers.</summary>
    public IReadOnlyDictionary<long, long> Cells => cells;

    /// <summary>Counts a number; what is none is left out.</summary>
    public void Add(double value) => Add(value, times: 1);

    /// <summary>Counts a number so many times; fewer than 0 takes back what was counted before.</summary>
    public void Add(double value, int times)
    {
        if (double.IsFinite(value))
        {
            Count(Cell(value) >> Width, times);
        }
    }

    /// <summary>Adds what somebody else counted.</summary>
    public void Add(NumberCounts other)
    {
        while (Width < other.Width)
        {
            Collapse();
        }

        foreach ((long cell, long count) in other.cells)
        {
            Count(cell >> (Width - other.Width), count);
        }
    }

    /// <summary>The numbers, none below 0, as shares of a bound; what is above counts as the bound.</summary>
    /// <param name="bound">The bound, above 0.</param>
    /// <param name="roundsUp">Whether a number counts as the greatest of its cell, or as the least.</param>
    public BoundedSum BoundedBy(double bound, bool roundsUp)
    {
        int shift = FractionBits - Digits + Width;
        double sum = 0;
        foreach ((long cell, long count) in cells)
        {
            double edge = BitConverter.Int64BitsToDouble((cell + (roundsUp ? 1 : 0)) << shift);
            sum += count * (edge < bound ? edge / bound : 1);
        }

        return new BoundedSum(sum, Total);
    }

    /// <summary>The same counts of both by common cells, in the order of the numbers.</summary>
    public static (long[] First, long[] Second) Align(NumberCounts first, NumberCounts second)
    {
        int width = Math.Max(first.Width, second.Width);
        SortedDictionary<long, (long First, long Second)> both = [];
        foreach ((long cell, long count) in first.cells)
        {
            (long one, long other) = both.GetValueOrDefault(cell >> (width - first.Width));
            both[cell >> (width - first.Width)] = (one + count, other);
        }

        foreach ((long cell, long count) in second.cells)
        {
            (long one, long other) = both.GetValueOrDefault(cell >> (width - second.Width));
            both[cell >> (width - second.Width)] = (one, other + count);
        }

        return ([.. both.Values.Select(pair => pair.First)], [.. both.Values.Select(pair => pair.Second)]);
    }

    // Doubles of one sign are ordered as their bits are; negative ones the other way round.
    private static long Cell(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (bits >= 0 ? bits : long.MinValue - bits) >> (FractionBits - Digits);
    }

    private void Count(long cell, long count)
    {
        long sum = cells.GetValueOrDefault(cell) + count;
        if (sum == 0)
        {
            cells.Remove(cell);
        }
        else
        {
            cells[cell] = sum;
        }

        Total += count;
        while (cells.Count > MaxCells)
        {
            Collapse();
        }
    }

    private void Collapse()
    {
        KeyValuePair<long, long>[] all = [.. cells];
        cells.Clear();
        Width++;
        foreach ((long cell, long count) in all)
        {
            cells[cell >> 1] = cells.GetValueOrDefault(cell >> 1) + count;
        }
    }
}
