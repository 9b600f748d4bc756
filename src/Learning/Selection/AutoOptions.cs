namespace Trainyard.Learning.Selection;

/// <summary>How <see cref="AutoTrainer"/> searches.</summary>
/// <param name="Scoring">Folds of the last rung, seed, threads, constraints.</param>
public sealed record AutoOptions(CrossValidationOptions Scoring)
{
    /// <summary>The longest <see cref="TimeBudget"/>: 30 days, of which timers can still be made.</summary>
    public static readonly TimeSpan MaximumTimeBudget = TimeSpan.FromDays(30);

    /// <summary>
    /// How long the search may take; null for as long as it needs. No fit of the search is started after it and those under way
    /// are cancelled; the winner is fitted on all rows thereafter, so the whole takes longer by that one fit.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>What tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What to try, the simplest first; null for <see cref="SearchSpace"/>.</summary>
    public IReadOnlyList<Candidate>? Candidates { get; init; }

    /// <summary>True to let ensembles of the finalists compete.</summary>
    public bool TriesEnsembles { get; init; } = true;

    /// <summary>Told of each candidate when it was scored in a rung or left the race; null when nobody listens.</summary>
    public IProgress<LeaderboardEntry>? Progress { get; init; }

    internal void Validate()
    {
        Scoring.Validate();
        if (TimeBudget is { } budget && (budget <= TimeSpan.Zero || budget > MaximumTimeBudget))
        {
            throw new LearningException("option_out_of_range", $"TimeBudget is {budget}; it must be above 0 and at most {MaximumTimeBudget.TotalDays} days.", nameof(TimeBudget));
        }

        if (Candidates is { Count: 0 })
        {
            throw new LearningException("option_out_of_range", "There are no candidates to try.", nameof(Candidates));
        }
    }
}
