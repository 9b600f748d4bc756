namespace Trainyard.Functions.Http.MlEngine;

/// <summary>That feedback is recorded.</summary>
/// <param name="Success">True; whatever fails is a problem.</param>
/// <param name="ModelName">The model.</param>
/// <param name="ModelVersion">What predicted, as <c>v5</c>.</param>
/// <param name="PredictionId">The prediction.</param>
/// <param name="Correct">Whether it was right; null while that is not known.</param>
/// <param name="Message">What became of the feedback: <c>recorded</c>, <c>replaced</c> or <c>unchanged</c>.</param>
/// <param name="RecordedAt">When what stands was recorded.</param>
internal sealed record FeedbackResponse(
    bool Success, string ModelName, string ModelVersion, string PredictionId, bool? Correct, string Message, DateTimeOffset RecordedAt);
