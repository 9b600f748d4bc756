using System.Text;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Feedback;

/// <summary>Records feedback from messages. A message that is delivered again, however late, records nothing. Thread safe.</summary>
/// <param name="feedback">Records it.</param>
public sealed class FeedbackMessages(FeedbackService feedback)
{
    /// <summary>The queue.</summary>
    public const string Queue = "feedback";

    private const int MaxMessageIdLength = 255;
    private const string Messenger = "queue:feedback";

    /// <summary>Records what a message tells.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whose model it was about, and what became of each item.</returns>
    /// <exception cref="ProblemException"><c>feedback_message_invalid</c>; those of JSON that cannot be read, and of <see cref="FeedbackService.RecordAsync"/>.</exception>
    public async Task<(TenantId Tenant, string Model, IReadOnlyList<FeedbackReceipt> Receipts)> RecordAsync(string text, string deliveredId, CancellationToken cancellationToken)
    {
        FeedbackMessage message = StrictJson.Parse(Encoding.UTF8.GetBytes(text), FeedbackMessageJson.Default.FeedbackMessage, JsonLimits.Default);
        TenantId tenant = message.Tenant is null ? TenantId.Default
            : TenantId.TryParse(message.Tenant, out TenantId? named) ? named
            : throw FeedbackProblems.MessageInvalid("'tenant' must be 1 to 64 lower-case letters, digits and hyphens, beginning with a letter or digit.", "tenant");
        string messageId = message.MessageId ?? deliveredId;
        if (messageId.Length is 0 or > MaxMessageIdLength)
        {
            throw FeedbackProblems.MessageInvalid($"'message_id' must have 1 to {MaxMessageIdLength} characters.", "message_id");
        }

        // Apart from the ids of requests, which are in the same place.
        (Registry.RegisteredModel model, IReadOnlyList<FeedbackReceipt> receipts) = await feedback.RecordAsync(
            tenant, message.Model, message.Feedback, $"message\n{messageId}", Messenger, cancellationToken);
        return (tenant, model.Name, receipts);
    }
}
