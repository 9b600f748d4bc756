namespace Trainyard.Functions.Http.Queues;

/// <summary>A message that could not be handled.</summary>
/// <param name="Id">Names it here.</param>
/// <param name="SentAt">When it came here (UTC).</param>
/// <param name="Text">The message.</param>
internal sealed record PoisonView(string Id, DateTimeOffset SentAt, string Text);
