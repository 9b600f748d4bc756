using System.Text;
using Trainyard.Domain.Json;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Feedback;

/// <summary>Records feedback from messages. A message that is delivered again, however late, records nothing. Thread safe.</summary>
/// <param name="feedback">Records it.</param>
public sealed class FeedbackMessages(FeedbackService feedback)
{
    /// <summary>The queue.</summary>
    public const string Queue = "feedback";

    private const string Messenger = "queue:feedback";

    /// <summary>Records what a message tells.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>; those of JSON that cannot be read, and of <see cref="FeedbackService.RecordAsync"/>.</exception>
    public async Task<HandledMessage> RecordAsync(string text, string deliveredId, CancellationToken cancellationToken)
    {
        FeedbackMessage message = StrictJson.Parse(Encoding.UTF8.GetBytes(text), FeedbackMessageJson.Default.FeedbackMessage, JsonLimits.Default);
        MessageHead head = message.HeadOf(deliveredId);

        // Apart from the ids of requests, which are in the same place.
        (Registry.RegisteredModel model, IReadOnlyList<FeedbackReceipt> receipts) = await feedback.RecordAsync(
            head.Tenant, message.Model, message.Feedback, $"message\n{head.Id}", Messenger, cancellationToken);
        return new HandledMessage(head, $"told {receipts.Count} items of feedback on model", model.Name);
    }
}
