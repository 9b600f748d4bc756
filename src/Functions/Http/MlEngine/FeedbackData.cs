using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.MlEngine;

/// <summary>What became of a prediction.</summary>
/// <param name="ModelName">The model's id or name.</param>
/// <param name="PredictionId">The prediction, as the answer with it named it.</param>
/// <param name="ActualOutcome">What was true: a label, a number or a truth value; null when only the words are told.</param>
/// <param name="UserFeedback">In words.</param>
/// <param name="Rating">How good somebody found it, from 1 to 5.</param>
/// <param name="Timestamp">When it was found.</param>
internal sealed record FeedbackData(
    [property: JsonRequired] string ModelName,
    [property: JsonRequired] string PredictionId,
    JsonElement? ActualOutcome = null,
    string? UserFeedback = null,
    int? Rating = null,
    DateTimeOffset? Timestamp = null);
