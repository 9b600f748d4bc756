using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Messages;
using Trainyard.Functions.Http;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Queues;

/// <summary>What all queues have in common when a message is handled.</summary>
/// <remarks>A message that cannot be used is tried as often as host.json says and then lies in the queue's poison queue, the reason in the log.</remarks>
/// <param name="log">Told of every message.</param>
public sealed partial class QueueDelivery(ILogger<QueueDelivery> log)
{
    /// <summary>The name under which the host gives a message's id.</summary>
    private const string IdName = "Id";

    /// <summary>Handles a message.</summary>
    /// <param name="queue">Where it came from.</param>
    /// <param name="context">Its invocation.</param>
    /// <param name="handle">Handles it, given the id that the queue gave it.</param>
    public async Task HandleAsync(string queue, FunctionContext context, Func<string, Task<HandledMessage>> handle)
    {
        ArgumentNullException.ThrowIfNull(context);
        string id = context.BindingContext.BindingData[IdName]?.ToString() ?? throw new InvalidOperationException("The host gives messages without an id.");
        try
        {
            HandledMessage handled = await handle(id);
            InvocationScope.SetTenant(handled.Head.Tenant.Value);
            LogHandled(id, queue, handled.Outcome, handled.Subject);
        }
        catch (Exception failure) when (ProblemMapping.TryMap(failure) is { } problem)
        {
            LogRefused(id, queue, problem.Code, problem.Detail);
            throw;
        }
    }

    [LoggerMessage(EventId = 3330, Level = LogLevel.Information, Message = "Message {MessageId} of queue {Queue} {Outcome} {Subject}")]
    private partial void LogHandled(string messageId, string queue, string outcome, string? subject);

    [LoggerMessage(EventId = 3331, Level = LogLevel.Error, Message = "Message {MessageId} of queue {Queue} cannot be used ({Code}): {Detail}")]
    private partial void LogRefused(string messageId, string queue, string code, string detail);
}
