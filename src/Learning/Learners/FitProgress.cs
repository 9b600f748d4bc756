namespace Trainyard.Learning.Learners;

/// <summary>How far a fit is.</summary>
/// <param name="Iteration">1-based iteration just done.</param>
/// <param name="Total">Iterations at most.</param>
/// <param name="TrainingLoss">Loss on the training rows, or null when the learner does not compute it.</param>
/// <param name="ValidationLoss">Loss on the validation rows, or null when there are none.</param>
public sealed record FitProgress(int Iteration, int Total, double? TrainingLoss, double? ValidationLoss);
