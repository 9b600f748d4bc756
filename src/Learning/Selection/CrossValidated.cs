using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Selection;

/// <summary>A score, and the predictions that it is of.</summary>
/// <param name="Result">The score.</param>
/// <param name="Outputs">Row-major, each row's prediction by the model that had not seen it; empty unless they were asked for.</param>
/// <param name="Folds">The folds, which the seed and the labels decide: those of all candidates are the same.</param>
internal sealed record CrossValidated(CrossValidationResult Result, double[] Outputs, IReadOnlyList<Fold> Folds);
