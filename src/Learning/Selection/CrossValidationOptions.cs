using Trainyard.Learning.Models;

namespace Trainyard.Learning.Selection;

/// <summary>How candidates are scored.</summary>
/// <param name="Seed">Decides the folds and every fit; the same seed gives every candidate the same folds.</param>
public sealed record CrossValidationOptions(ulong Seed)
{
    /// <summary>Five: Kohavi, A study of cross-validation, IJCAI 1995, finds little to gain beyond ten.</summary>
    public const int DefaultFolds = 5;

    /// <summary>Folds; at least 2. Fewer are made when there are fewer rows.</summary>
    public int Folds { get; init; } = DefaultFolds;

    /// <summary>Threads at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Which way predictions may move with columns, as <see cref="TabularFit.Monotone"/>; null for no constraint.</summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>Told after each fold; null when nobody listens.</summary>
    public IProgress<FoldScore>? Progress { get; init; }

    /// <summary>True to weigh rows so that every class counts the same.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>True to standardise numbers even for learners that do not need it.</summary>
    public bool Standardize { get; init; }

    internal void Validate()
    {
        if (Folds < 2)
        {
            throw new LearningException("option_out_of_range", $"Folds is {Folds}; it must be at least 2.", nameof(Folds));
        }
    }
}
