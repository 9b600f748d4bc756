namespace Trainyard.Learning.Explanations;

/// <summary>How contributions are sampled.</summary>
/// <param name="Seed">Decides the orders and background rows.</param>
public sealed record SamplingOptions(ulong Seed)
{
    /// <summary>Standard errors of a seventh of a contribution's own spread, as 1/√50.</summary>
    public const int DefaultPairs = 50;

    /// <summary>Orders of the columns drawn per row; each is gone through forwards and backwards. At least 2, for a standard error.</summary>
    public int Pairs { get; init; } = DefaultPairs;

    /// <summary>Threads at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        if (Pairs < 2)
        {
            throw new LearningException("option_out_of_range", $"{nameof(Pairs)} must be at least 2.", nameof(Pairs));
        }
    }
}
