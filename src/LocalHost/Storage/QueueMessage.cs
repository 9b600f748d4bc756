namespace Trainyard.LocalHost.Storage;

/// <summary>A message that its receiver holds until its visibility time-out.</summary>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Id">Unique in the file; larger for messages sent later.</param>
/// <param name="Receipt">Names this receipt of the message; void once the message is received again, completed or given back.</param>
/// <param name="Body">The text that was sent.</param>
/// <param name="DequeueCount">How often it was received, this time included.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="VisibleAt">When others may receive it, unless it is completed or renewed before.</param>
internal sealed record QueueMessage(
    string Queue, long Id, long Receipt, string Body, int DequeueCount, DateTimeOffset SentAt, DateTimeOffset VisibleAt)
{
    /// <summary>The W3C <c>traceparent</c> under which it was sent, or null.</summary>
    public string? Trace { get; init; }
}
