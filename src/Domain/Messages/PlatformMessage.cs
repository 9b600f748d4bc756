using System.Text.Json.Serialization;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Messages;

/// <summary>What every message says beside what it asks for. All of it may be absent.</summary>
public abstract record PlatformMessage
{
    /// <summary>Whose it is; null for the tenant of an installation that has only one.</summary>
    public string? Tenant { get; init; }

    /// <summary>Names the message: sent twice under the same, it is handled once. Null for the id that the queue gave it.</summary>
    public string? MessageId { get; init; }

    /// <summary>The W3C <c>traceparent</c> of whatever sent it, whose trace its work is then in. What is none is not taken up.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>Whose it is and what it is called.</summary>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>.</exception>
    public MessageHead HeadOf(string deliveredId) => MessageHead.Of(Tenant, MessageId, deliveredId);
}
