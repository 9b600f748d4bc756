namespace Trainyard.Learning.Selection;

/// <summary>One fold's result.</summary>
/// <param name="Candidate">The candidate's name.</param>
/// <param name="Fold">0-based fold.</param>
/// <param name="Folds">Number of folds.</param>
/// <param name="Score">The metric's value, or null when the fold's rows leave it undefined.</param>
public sealed record FoldScore(string Candidate, int Fold, int Folds, double? Score);
