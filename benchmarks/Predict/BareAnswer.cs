namespace Trainyard.Benchmarks.Predict;

/// <summary>An answer of the shape that the platform's has.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Predictions">A label for each row.</param>
/// <param name="Probabilities">For each row a value for each label.</param>
/// <param name="PredictionIds">An id for each row.</param>
internal sealed record BareAnswer(
    string Model, string Version, IReadOnlyList<string> Predictions, IReadOnlyList<Dictionary<string, double>> Probabilities, IReadOnlyList<string> PredictionIds);
