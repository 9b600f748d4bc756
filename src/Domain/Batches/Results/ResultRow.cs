using System.Text.Json;

namespace Trainyard.Domain.Batches.Results;

/// <summary>What came of a row.</summary>
/// <param name="Row">Its 1-based number.</param>
/// <param name="Id">The value of its id column; null when there is none.</param>
/// <param name="Prediction">A class, or a number; null when it could not be predicted.</param>
/// <param name="Probabilities">The probability of each class; null where numbers are predicted, or they were not asked for.</param>
/// <param name="Error">Why it could not be predicted.</param>
public sealed record ResultRow(
    long Row, string? Id = null, JsonElement? Prediction = null, IReadOnlyDictionary<string, double>? Probabilities = null, ResultError? Error = null);
