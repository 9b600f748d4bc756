using System.Text;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Starts prediction jobs from messages. A message that is delivered again starts nothing new. Thread safe.</summary>
/// <param name="starter">Starts jobs.</param>
/// <param name="queue">Takes messages back for which there is no place yet.</param>
public sealed class BatchMessages(BatchStarter starter, IMessageQueue queue)
{
    /// <summary>The queue.</summary>
    public const string Queue = "prediction-requests";

    /// <summary>How long a message waits that came while as many jobs were under way as may be.</summary>
    public static readonly TimeSpan WaitForPlace = TimeSpan.FromSeconds(30);

    /// <summary>Starts the job that a message asks for.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> that a message which waits keeps; null for none.</param>
    /// <param name="orchestrations">Runs the job.</param>
    /// <param name="cancellationToken">Cancels the call, not the job.</param>
    /// <returns>Which job it started; or that there is no place for it yet, and the message waits in the queue again.</returns>
    /// <exception cref="ProblemException"><c>message_invalid</c>; those of JSON that cannot be read, and of <see cref="BatchStarter.StartAsync"/>.</exception>
    /// <exception cref="Learning.LearningException">The head of the file cannot be read as its format.</exception>
    public async Task<HandledMessage> StartAsync(string text, string deliveredId, string? traceParent, IBatchOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        BatchMessage message = StrictJson.Parse(Encoding.UTF8.GetBytes(text), BatchMessageJson.Default.BatchMessage, JsonLimits.Default);
        MessageHead head = message.HeadOf(deliveredId);
        try
        {
            BatchJob job = await starter.StartAsync(head.Tenant, head.Derived, message.Request, orchestrations, cancellationToken);
            return new HandledMessage(head, "started prediction job", job.Id);
        }
        catch (ProblemException full) when (full.Problem.Code == "batch_jobs_too_many")
        {
            // A try of the queue's own would count against it, and jobs take longer than the tries that there are.
            string waiting = JsonSerializer.Serialize(message with { MessageId = head.Id, TraceParent = traceParent }, BatchMessageJson.Default.BatchMessage);
            await queue.SendAsync(Queue, waiting, WaitForPlace, cancellationToken);
            return new HandledMessage(head, "waits, since as many prediction jobs are under way as may be");
        }
    }
}
