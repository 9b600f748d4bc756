namespace Trainyard.Functions.Http.Feedback;

/// <summary>What feedback says of a model's versions.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Versions">Those with feedback, the newest first, at most 100.</param>
internal sealed record FeedbackSummary(string Model, IReadOnlyList<VersionFeedbackView> Versions);
