using Trainyard.Learning.Learners.Ensembles;

namespace Trainyard.Learning.Selection;

/// <summary>An ensemble of finalists that competes with them.</summary>
/// <param name="Method">How it combines.</param>
/// <param name="Combination">Fitted on the predictions of all rows.</param>
/// <param name="Result">Its score.</param>
/// <param name="Time">What that took.</param>
internal sealed record ScoredEnsemble(EnsembleMethod Method, Combination Combination, CrossValidationResult Result, TimeSpan Time);
