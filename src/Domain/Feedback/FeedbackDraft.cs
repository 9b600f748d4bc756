using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Feedback;

/// <summary>An item that can be recorded.</summary>
/// <param name="Id">The prediction.</param>
/// <param name="Deployed">The deployment by which it came; null when its version was asked for by its name.</param>
/// <param name="Record">What to record.</param>
internal sealed record FeedbackDraft(PredictionId Id, Deployment? Deployed, FeedbackRecord Record);
