namespace Trainyard.Domain.Feedback;

/// <summary>What became of one item.</summary>
/// <param name="PredictionId">The prediction.</param>
/// <param name="Sequence">The version that predicted.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Correct">Whether the prediction was right; null while that is not known.</param>
/// <param name="Error">The number that was predicted less the true one; null where either is not known.</param>
/// <param name="RecordedAt">When what stands was recorded.</param>
public sealed record FeedbackReceipt(string PredictionId, int Sequence, FeedbackStatus Status, bool? Correct, double? Error, DateTimeOffset RecordedAt);
