namespace Trainyard.Learning.Selection;

/// <summary>How one candidate did. Plain data: it serialises as it is.</summary>
/// <param name="Candidate">What was tried.</param>
/// <param name="Score">Mean score of the last rung that it finished; null when it finished none.</param>
/// <param name="Deviation">Standard deviation of the folds' scores (population); null without a score.</param>
/// <param name="Rung">The last rung that it finished, from 1; 0 for none.</param>
/// <param name="Rows">Rows of that rung.</param>
/// <param name="Time">What was spent on it in all rungs.</param>
/// <param name="Exit">Why its race ended.</param>
public sealed record LeaderboardEntry(Candidate Candidate, double? Score, double? Deviation, int Rung, int Rows, TimeSpan Time, CandidateExit Exit)
{
    /// <summary>The error that took it out of the race, for example <c>metric_undefined</c>; null for others.</summary>
    public string? Code { get; init; }

    /// <summary>Of an ensemble the names of its members, with their weights where it has some; null for others.</summary>
    public IReadOnlyDictionary<string, double?>? Members { get; init; }
}
