namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>How one candidate did on the training rows.</summary>
/// <param name="Index">Its place in the list of candidates, from 0.</param>
/// <param name="Name">Its name, unique in the list.</param>
/// <param name="Learner">The learner's name.</param>
/// <param name="Settings">The hyper-parameters that differ from the defaults.</param>
/// <param name="Score">Mean of the target metric over the folds; null when the candidate could not be fitted.</param>
/// <param name="Deviation">Standard deviation over the folds; null likewise.</param>
public sealed record CandidateScore(
    int Index, string Name, string Learner, IReadOnlyDictionary<string, double> Settings, double? Score, double? Deviation);
