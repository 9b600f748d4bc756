namespace Trainyard.Learning.Explanations;

/// <summary>How permutation importance is measured.</summary>
/// <param name="Seed">Decides the shuffles.</param>
public sealed record PermutationOptions(ulong Seed)
{
    /// <summary>As scikit-learn.</summary>
    public const int DefaultRepeats = 5;

    /// <summary>Enough for a standard error of a percent on a share.</summary>
    public const int DefaultMaximumRows = 10_000;

    /// <summary>Shuffles per column; at least 1.</summary>
    public int Repeats { get; init; } = DefaultRepeats;

    /// <summary>Rows used at most; of more, a random part is taken. At least 1.</summary>
    public int MaximumRows { get; init; } = DefaultMaximumRows;

    /// <summary>Threads at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        if (Repeats < 1 || MaximumRows < 1)
        {
            string field = Repeats < 1 ? nameof(Repeats) : nameof(MaximumRows);
            throw new LearningException("option_out_of_range", $"{field} must be at least 1.", field);
        }
    }
}
