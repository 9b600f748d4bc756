namespace Trainyard.Learning.Selection;

/// <summary>How one candidate did. Plain data: it serialises as it is.</summary>
/// <param name="Candidate">What was tried.</param>
/// <param name="Metric">The metric's canonical name.</param>
/// <param name="Mean">Mean score over the folds that define the metric.</param>
/// <param name="StandardDeviation">Standard deviation of those scores (population).</param>
/// <param name="FoldScores">The scores, in fold order.</param>
public sealed record CrossValidationResult(
    Candidate Candidate,
    string Metric,
    double Mean,
    double StandardDeviation,
    IReadOnlyList<double> FoldScores);
