using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Functions.Http;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Queues;

/// <summary>Starts prediction jobs that are asked for by message.</summary>
/// <remarks>A message that cannot be used is tried as often as host.json says and then lies in the queue's poison queue, the reason in the log.</remarks>
/// <param name="messages">Reads messages and starts jobs.</param>
/// <param name="log">Told of jobs, and of messages that cannot be used.</param>
public sealed partial class PredictionRequestQueue(BatchMessages messages, ILogger<PredictionRequestQueue> log)
{
    /// <summary>The name under which the host gives a message's id.</summary>
    private const string IdName = "Id";

    /// <summary>Called for each message.</summary>
    [Function("StartBatchFromQueue")]
    public async Task RunAsync(
        [QueueTrigger(BatchMessages.Queue)] string message, FunctionContext context, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        string id = context.BindingContext.BindingData[IdName]?.ToString() ?? throw new InvalidOperationException("The host gives messages without an id.");
        try
        {
            if (await messages.StartAsync(message, id, CurrentTrace.Parent, new DurableBatchOrchestrations(client), cancellationToken) is { } job)
            {
                LogStarted(id, job.Id);
            }
            else
            {
                LogWaits(id);
            }
        }
        catch (Exception failure) when (ProblemMapping.TryMap(failure) is { } problem)
        {
            LogRefused(id, problem.Code, problem.Detail);
            throw;
        }
    }

    [LoggerMessage(EventId = 3330, Level = LogLevel.Information, Message = "Message {MessageId} started prediction job {JobId}.")]
    private partial void LogStarted(string messageId, string jobId);

    [LoggerMessage(EventId = 3331, Level = LogLevel.Warning, Message = "Message {MessageId} waits: as many prediction jobs are under way as may be.")]
    private partial void LogWaits(string messageId);

    [LoggerMessage(EventId = 3332, Level = LogLevel.Error, Message = "Message {MessageId} starts no prediction job ({Code}): {Detail}")]
    private partial void LogRefused(string messageId, string code, string detail);
}
