using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Http;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Queues;

/// <summary>Records feedback that comes by message.</summary>
/// <remarks>A message that cannot be used is tried as often as host.json says and then lies in the queue's poison queue, the reason in the log.</remarks>
/// <param name="messages">Reads messages and records what they tell.</param>
/// <param name="log">Told of messages.</param>
public sealed partial class FeedbackQueue(FeedbackMessages messages, ILogger<FeedbackQueue> log)
{
    /// <summary>The name under which the host gives a message's id.</summary>
    private const string IdName = "Id";

    /// <summary>Called for each message.</summary>
    [Function("RecordFeedbackFromQueue")]
    public async Task RunAsync([QueueTrigger(FeedbackMessages.Queue)] string message, FunctionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        string id = context.BindingContext.BindingData[IdName]?.ToString() ?? throw new InvalidOperationException("The host gives messages without an id.");
        try
        {
            (TenantId tenant, string model, IReadOnlyList<FeedbackReceipt> receipts) = await messages.RecordAsync(message, id, cancellationToken);
            InvocationScope.SetTenant(tenant.Value);
            LogRecorded(id, receipts.Count, model);
        }
        catch (Exception failure) when (ProblemMapping.TryMap(failure) is { } problem)
        {
            LogRefused(id, problem.Code, problem.Detail);
            throw;
        }
    }

    [LoggerMessage(EventId = 3340, Level = LogLevel.Debug, Message = "Message {MessageId} told {Count} items of feedback on model {Model}.")]
    private partial void LogRecorded(string messageId, int count, string model);

    [LoggerMessage(EventId = 3341, Level = LogLevel.Error, Message = "Message {MessageId} tells no feedback that can be recorded ({Code}): {Detail}")]
    private partial void LogRefused(string messageId, string code, string detail);
}
