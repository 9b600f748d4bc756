namespace Trainyard.Domain.Feedback;

/// <summary>How a label fared.</summary>
/// <param name="Actual">How often it was true.</param>
/// <param name="Correct">Of those, how often it was predicted.</param>
public sealed record LabelFeedback(long Actual, long Correct);
