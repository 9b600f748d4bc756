using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback;

/// <summary>A message with feedback.</summary>
/// <param name="Model">The model's id or name.</param>
/// <param name="Feedback">What became of predictions, as over HTTP.</param>
/// <param name="Tenant">Whose model; null for the tenant of an installation that has only one.</param>
/// <param name="MessageId">Names the message: sent twice under the same, it is recorded once. Null for the id that the queue gave it.</param>
/// <param name="TraceParent">The W3C <c>traceparent</c> of whatever sent it, whose trace the recording is then in. What is none is not taken up.</param>
public sealed record FeedbackMessage(
    [property: JsonRequired] string Model,
    [property: JsonRequired] IReadOnlyList<FeedbackItem> Feedback,
    string? Tenant = null,
    string? MessageId = null,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null);
