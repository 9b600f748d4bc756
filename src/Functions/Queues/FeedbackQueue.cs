using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Feedback;

namespace Trainyard.Functions.Queues;

/// <summary>Records feedback that comes by message.</summary>
/// <param name="messages">Reads messages and records what they tell.</param>
/// <param name="delivery">Handles messages.</param>
public sealed class FeedbackQueue(FeedbackMessages messages, QueueDelivery delivery)
{
    /// <summary>Called for each message.</summary>
    [Function("RecordFeedbackFromQueue")]
    public Task RunAsync([QueueTrigger(FeedbackMessages.Queue)] string message, FunctionContext context, CancellationToken cancellationToken) =>
        delivery.HandleAsync(FeedbackMessages.Queue, context, id => messages.RecordAsync(message, id, cancellationToken));
}
