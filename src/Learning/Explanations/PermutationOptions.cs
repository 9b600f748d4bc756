namespace Trainyard.Learning.Explanations;

/// <summary>How permutation importance is measured.</summary>
/// <param name="Seed">Decides the shuffles.</param>
public sealed record PermutationOptions(ulong Seed)
{
    /// <summary>As scikit-learn.</summary>
    public const int DefaultRepeats = 5;

    /// <summary>Enough for a standard error of a percent on a share.</summary>
    public const int DefaultMaximumRows = 10_000;

    /// <summary>Feature values read at most: some ten seconds on one core.</summary>
    private const long MaximumReads = 10_000_000_000;

    /// <summary>Rows below which a share says nothing.</summary>
    private const int MinimumRows = 50;

    /// <summary>Shuffles per column; at least 1.</summary>
    public int Repeats { get; init; } = DefaultRepeats;

    /// <summary>Rows used at most; of more, a random part is taken, and a smaller one where there are thousands of columns. At least 1.</summary>
    public int MaximumRows { get; init; } = DefaultMaximumRows;

    /// <summary>Threads at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Rows that may be used with so many columns and features: thousands of columns take part of the rows.</summary>
    internal int RowsFor(int columns, int features)
    {
        long readsPerRow = (long)Repeats * Math.Max(columns, 1) * Math.Max(features, 1);
        return (int)Math.Clamp(MaximumReads / readsPerRow, Math.Min(MinimumRows, MaximumRows), MaximumRows);
    }

    internal void Validate()
    {
        if (Repeats < 1 || MaximumRows < 1)
        {
            string field = Repeats < 1 ? nameof(Repeats) : nameof(MaximumRows);
            throw new LearningException("option_out_of_range", $"{field} must be at least 1.", field);
        }
    }
}
