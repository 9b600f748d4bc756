using System.Text.Json.Serialization;
using Trainyard.Domain.Messages;

namespace Trainyard.Domain.Feedback;

/// <summary>A message with feedback.</summary>
/// <param name="Model">The model's id or name.</param>
/// <param name="Feedback">What became of predictions, as over HTTP.</param>
public sealed record FeedbackMessage([property: JsonRequired] string Model, [property: JsonRequired] IReadOnlyList<FeedbackItem> Feedback) : PlatformMessage;
