namespace Trainyard.Learning.Explanations;

/// <summary>How finely partial dependence looks.</summary>
public sealed record PartialDependenceOptions
{
    /// <summary>Enough for a plot.</summary>
    public const int DefaultMaximumPoints = 20;

    /// <summary>Averages of a thousand rows are within a few percent of a standard deviation.</summary>
    public const int DefaultMaximumRows = 1000;

    /// <summary>Values looked at: all of them if they are no more, else numbers and dates at evenly spaced ranks, and the most frequent categories. At least 2.</summary>
    public int MaximumPoints { get; init; } = DefaultMaximumPoints;

    /// <summary>Rows averaged over at most, evenly spaced in the table. At least 1.</summary>
    public int MaximumRows { get; init; } = DefaultMaximumRows;

    /// <summary>Threads at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        if (MaximumPoints < 2 || MaximumRows < 1)
        {
            (string field, int least) = MaximumPoints < 2 ? (nameof(MaximumPoints), 2) : (nameof(MaximumRows), 1);
            throw new LearningException("option_out_of_range", $"{field} must be at least {least}.", field);
        }
    }
}
