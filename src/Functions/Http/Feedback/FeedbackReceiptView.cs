using System.Text.Json.Serialization;
using Trainyard.Domain.Feedback;

namespace Trainyard.Functions.Http.Feedback;

/// <summary>What became of one item.</summary>
/// <param name="PredictionId">The prediction.</param>
/// <param name="Version">What predicted, as <c>v5</c>.</param>
/// <param name="Status"><c>recorded</c>, <c>replaced</c> or <c>unchanged</c>.</param>
/// <param name="Correct">Whether the prediction was right; absent while that is not known.</param>
/// <param name="Error">The number that was predicted less the true one; absent where either is not known.</param>
internal sealed record FeedbackReceiptView(
    string PredictionId,
    string Version,
    FeedbackStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Correct,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Error);
