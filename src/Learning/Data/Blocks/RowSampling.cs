using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Data.Blocks;

/// <summary>Which rows of a file to keep: each has the same chance, and the seed and its number in the file alone decide. An immutable value.</summary>
public sealed record RowSampling
{
    private RowSampling(double fraction, int count, ulong seed) => (Fraction, Count, Seed) = (fraction, count, seed);

    /// <summary>The chance of each row; 1 when a number of rows is asked for.</summary>
    public double Fraction { get; }

    /// <summary>Rows at most.</summary>
    public int Count { get; }

    /// <summary>The only source of randomness.</summary>
    public ulong Seed { get; }

    /// <summary>About this share of the rows.</summary>
    /// <param name="fraction">Above 0, at most 1.</param>
    /// <param name="seed">The only source of randomness.</param>
    /// <exception cref="LearningException"><c>sample_out_of_range</c>.</exception>
    public static RowSampling ByFraction(double fraction, ulong seed) => fraction is > 0 and <= 1
        ? new RowSampling(fraction, int.MaxValue, seed)
        : throw new LearningException("sample_out_of_range", $"The share of rows to sample is {fraction}; it must be above 0 and at most 1.", "fraction");

    /// <summary>Just this number of rows, or all when there are no more.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="seed">The only source of randomness.</param>
    /// <exception cref="LearningException"><c>sample_out_of_range</c>.</exception>
    public static RowSampling ByCount(int count, ulong seed) => count >= 1
        ? new RowSampling(1, count, seed)
        : throw new LearningException("sample_out_of_range", $"The number of rows to sample is {count}; it must be at least 1.", "count");

    /// <summary>A row's place in a random order of all rows; the first are kept.</summary>
    internal ulong OrderOf(long row) => SplitMix64.Mix(SplitMix64.Mix(Seed) + ((ulong)row * SplitMix64.Increment));
}
