namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>How one candidate did on the training rows.</summary>
/// <param name="Index">Its place in the list of candidates, from 0.</param>
/// <param name="Name">Its name, unique in the list.</param>
/// <param name="Learner">The learner's name.</param>
/// <param name="Settings">The hyper-parameters that differ from the defaults.</param>
/// <param name="Score">Mean of the target metric over the folds; null when the candidate could not be fitted.</param>
/// <param name="Deviation">Standard deviation over the folds; null likewise.</param>
public sealed record CandidateScore(
    int Index, string Name, string Learner, IReadOnlyDictionary<string, double> Settings, double? Score, double? Deviation)
{
    /// <summary>The rung of successive halving, from 1; null before there were rungs, which is 1.</summary>
    public int? Rung { get; init; }

    /// <summary>Rows that it was scored on; null before there were rungs, which is all training rows.</summary>
    public int? Rows { get; init; }

    /// <summary>What scoring it took; null while it is under way.</summary>
    public double? Seconds { get; init; }

    /// <summary>The error that took it out of the race; null for others.</summary>
    public string? Code { get; init; }

    /// <summary>True when the time budget ended before it was scored; null for others.</summary>
    public bool? TimeUp { get; init; }
}
