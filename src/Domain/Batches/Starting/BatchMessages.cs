using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

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

    private const int MaxMessageIdLength = 255;

    /// <summary>Starts the job that a message asks for.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> that a message which waits keeps; null for none.</param>
    /// <param name="orchestrations">Runs the job.</param>
    /// <param name="cancellationToken">Cancels the call, not the job.</param>
    /// <returns>The job; null when there is no place for it yet, and the message waits in the queue again.</returns>
    /// <exception cref="ProblemException"><c>batch_message_invalid</c>; those of JSON that cannot be read, and of <see cref="BatchStarter.StartAsync"/>.</exception>
    /// <exception cref="Learning.LearningException">The head of the file cannot be read as its format.</exception>
    public async Task<BatchJob?> StartAsync(string text, string deliveredId, string? traceParent, IBatchOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        BatchMessage message = StrictJson.Parse(Encoding.UTF8.GetBytes(text), BatchMessageJson.Default.BatchMessage, JsonLimits.Default);
        TenantId tenant = message.Tenant is null ? TenantId.Default
            : TenantId.TryParse(message.Tenant, out TenantId? named) ? named
            : throw BatchProblems.MessageInvalid("'tenant' must be 1 to 64 lower-case letters, digits and hyphens, beginning with a letter or digit.", "tenant");
        string messageId = message.MessageId ?? deliveredId;
        if (messageId.Length is 0 or > MaxMessageIdLength)
        {
            throw BatchProblems.MessageInvalid($"'message_id' must have 1 to {MaxMessageIdLength} characters.", "message_id");
        }

        try
        {
            return await starter.StartAsync(tenant, IdOf(tenant, messageId), message.Request, orchestrations, cancellationToken);
        }
        catch (ProblemException full) when (full.Problem.Code == "batch_jobs_too_many")
        {
            // A try of the queue's own would count against it, and jobs take longer than the tries that there are.
            string waiting = JsonSerializer.Serialize(message with { MessageId = messageId, TraceParent = traceParent }, BatchMessageJson.Default.BatchMessage);
            await queue.SendAsync(Queue, waiting, WaitForPlace, cancellationToken);
            return null;
        }
    }

    // Of tenant and message alone, so that whoever handles a message, and however often, comes to the same job.
    private static string IdOf(TenantId tenant, string messageId) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}\n{messageId}")).AsSpan(0, 16)).ToString();
}
