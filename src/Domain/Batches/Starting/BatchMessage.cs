using System.Text.Json.Serialization;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>A message that starts a prediction job.</summary>
/// <param name="Request">What is asked for, as over HTTP.</param>
/// <param name="Tenant">Whose job it is; null for the tenant of an installation that has only one.</param>
/// <param name="MessageId">Names the message: sent twice under the same, it starts one job. Null for the id that the queue gave it.</param>
/// <param name="TraceParent">The W3C <c>traceparent</c> of whatever sent it, whose trace the job is then in. What is none is not taken up.</param>
public sealed record BatchMessage(
    [property: JsonRequired] BatchDefinition Request,
    string? Tenant = null,
    string? MessageId = null,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null);
