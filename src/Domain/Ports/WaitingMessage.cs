namespace Trainyard.Domain.Ports;

/// <summary>A message in a queue.</summary>
/// <param name="Id">The id that the queue gave it; it keeps it until it is deleted.</param>
/// <param name="Text">The message.</param>
/// <param name="SentAt">When it came into the queue (UTC).</param>
public sealed record WaitingMessage(string Id, string Text, DateTimeOffset SentAt);
