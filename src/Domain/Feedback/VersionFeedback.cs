namespace Trainyard.Domain.Feedback;

/// <summary>What feedback says of a version.</summary>
/// <param name="Sequence">The version.</param>
/// <param name="Counts">In sums.</param>
public sealed record VersionFeedback(int Sequence, FeedbackCounts Counts);
