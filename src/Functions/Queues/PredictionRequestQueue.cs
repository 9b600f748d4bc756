using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Queues;

/// <summary>Starts prediction jobs that are asked for by message.</summary>
/// <param name="messages">Reads messages and starts jobs.</param>
/// <param name="delivery">Handles messages.</param>
public sealed class PredictionRequestQueue(BatchMessages messages, QueueDelivery delivery)
{
    /// <summary>Called for each message.</summary>
    [Function("StartBatchFromQueue")]
    public Task RunAsync(
        [QueueTrigger(BatchMessages.Queue)] string message, FunctionContext context, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        delivery.HandleAsync(
            BatchMessages.Queue, context, id => messages.StartAsync(message, id, CurrentTrace.Parent, new DurableBatchOrchestrations(client), cancellationToken));
}
