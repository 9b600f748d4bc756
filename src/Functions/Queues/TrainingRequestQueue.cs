using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Pipelines.Messages;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Queues;

/// <summary>Has models trained that are asked for by message.</summary>
/// <param name="messages">Reads messages and starts runs.</param>
/// <param name="delivery">Handles messages.</param>
public sealed class TrainingRequestQueue(PipelineMessages messages, QueueDelivery delivery)
{
    /// <summary>Called for each message.</summary>
    [Function("TrainFromQueue")]
    public Task RunAsync(
        [QueueTrigger(PipelineMessages.TrainingRequests)] string message, FunctionContext context, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        delivery.HandleAsync(PipelineMessages.TrainingRequests, context, id => messages.TrainAsync(message, id, new DurableRunOrchestrations(client), cancellationToken));
}
