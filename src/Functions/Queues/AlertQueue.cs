using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Alerts;

namespace Trainyard.Functions.Queues;

/// <summary>Raises alerts on what was found outside the platform and is told by message.</summary>
/// <param name="messages">Reads messages and raises alerts.</param>
/// <param name="delivery">Handles messages.</param>
public sealed class AlertQueue(AlertMessages messages, QueueDelivery delivery)
{
    /// <summary>Called for each message.</summary>
    [Function("RaiseAlertFromQueue")]
    public Task RunAsync([QueueTrigger(AlertMessages.Queue)] string message, FunctionContext context, CancellationToken cancellationToken) =>
        delivery.HandleAsync(AlertMessages.Queue, context, id => messages.RaiseAsync(message, id, cancellationToken));
}
