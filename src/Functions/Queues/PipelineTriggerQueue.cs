using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Pipelines.Messages;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Queues;

/// <summary>Starts runs of pipelines that are asked for by message.</summary>
/// <param name="messages">Reads messages and starts runs.</param>
/// <param name="delivery">Handles messages.</param>
public sealed class PipelineTriggerQueue(PipelineMessages messages, QueueDelivery delivery)
{
    /// <summary>Called for each message.</summary>
    [Function("TriggerPipelineFromQueue")]
    public Task RunAsync(
        [QueueTrigger(PipelineMessages.Triggers)] string message, FunctionContext context, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        delivery.HandleAsync(
            PipelineMessages.Triggers, context, id => messages.TriggerAsync(message, id, CurrentTrace.Parent, new DurableRunOrchestrations(client), cancellationToken));
}
