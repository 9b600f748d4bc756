using System.Text;
using Trainyard.Domain.Json;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Alerts;

/// <summary>Raises alerts from messages. A message that is delivered again raises nothing new. Thread safe.</summary>
/// <param name="alerts">Receives them.</param>
public sealed class AlertMessages(AlertLog alerts)
{
    /// <summary>The queue.</summary>
    public const string Queue = "alerts";

    private const int MaxTextLength = 1_000;
    private const int MaxNameLength = 255;

    /// <summary>Raises the alert of a message.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>, <c>text_invalid</c>; those of JSON that cannot be read.</exception>
    public async Task<HandledMessage> RaiseAsync(string text, string deliveredId, CancellationToken cancellationToken)
    {
        AlertMessage message = StrictJson.Parse(Encoding.UTF8.GetBytes(text), AlertMessageJson.Default.AlertMessage, JsonLimits.Default);
        MessageHead head = message.HeadOf(deliveredId);
        Alert alert = new(
            head.Derived,
            AlertKind.External,
            Bounded(message.Message, "message", MaxTextLength, isRequired: true),
            message.RaisedAt.ToUniversalTime(),
            Bounded(message.ModelName, "model_name", MaxNameLength),
            Bounded(message.PipelineId, "pipeline_id", MaxNameLength),
            RunId: string.Empty,
            Bounded(message.Metric, "metric", MaxNameLength),
            message.Value,
            message.Expected);
        await alerts.RaiseAsync(head.Tenant, alert, cancellationToken);
        return new HandledMessage(head, "raised alert", alert.Id);
    }

    private static string Bounded(string? text, string field, int most, bool isRequired = false) =>
        text is null or "" && !isRequired ? string.Empty
            : text?.Length is > 0 && text.Length <= most ? text
            : throw new ProblemException(new Problem(ProblemKind.Unprocessable, "text_invalid", $"'{field}' must have {(isRequired ? 1 : 0)} to {most} characters.", field));
}
