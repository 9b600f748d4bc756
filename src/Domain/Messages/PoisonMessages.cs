using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Messages;

/// <summary>Messages that could not be handled, each by its queue and tenant. Thread safe.</summary>
/// <param name="queues">The queues whose messages the platform handles.</param>
/// <param name="inspector">Where messages lie.</param>
/// <param name="sender">Sends them again.</param>
public sealed class PoisonMessages(IReadOnlyCollection<string> queues, IQueueInspector inspector, IMessageQueue sender)
{
    /// <summary>What the host calls the queue beside.</summary>
    public const string Suffix = "-poison";

    private const string TenantField = "tenant";
    private const string IdField = "message_id";

    /// <summary>The oldest messages of a tenant that could not be handled.</summary>
    /// <remarks>Those are looked for among the <see cref="IQueueInspector.MaxMessages"/> oldest of all tenants, which is as far as the service lets one look.</remarks>
    /// <exception cref="ProblemException"><c>queue_not_found</c>.</exception>
    public async Task<IReadOnlyList<WaitingMessage>> ListAsync(TenantId tenant, string queue, CancellationToken cancellationToken) =>
        [.. (await inspector.PeekAsync(PoisonOf(queue), cancellationToken)).Where(message => IsOf(tenant, message))];

    /// <summary>Sends messages of a tenant to their queue again.</summary>
    /// <remarks>Each under the name that it had, or else the id it has here, so that one which is sent twice is handled once.</remarks>
    /// <param name="tenant">Whose.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="ids">Which; null for all.</param>
    /// <param name="cancellationToken">Cancels the call; what was sent stays sent.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ProblemException"><c>queue_not_found</c>.</exception>
    public Task<int> ReplayAsync(TenantId tenant, string queue, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken) =>
        SettleAsync(tenant, queue, ids, (message, token) => sender.SendAsync(queue, Named(message), TimeSpan.Zero, token), cancellationToken);

    /// <summary>Deletes messages of a tenant.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="ids">Which.</param>
    /// <param name="cancellationToken">Cancels the call; what was deleted stays so.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ProblemException"><c>queue_not_found</c>.</exception>
    public Task<int> DeleteAsync(TenantId tenant, string queue, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        SettleAsync(tenant, queue, ids, (_, _) => Task.CompletedTask, cancellationToken);

    private Task<int> SettleAsync(
        TenantId tenant, string queue, IReadOnlyCollection<string>? ids, Func<WaitingMessage, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        inspector.SettleAsync(
            PoisonOf(queue),
            async (message, token) =>
            {
                bool isMeant = ids?.Contains(message.Id) != false && IsOf(tenant, message);
                if (isMeant)
                {
                    await act(message, token);
                }

                return isMeant;
            },
            cancellationToken);

    private string PoisonOf(string queue) => queues.Contains(queue, StringComparer.Ordinal)
        ? queue + Suffix
        : throw new ProblemException(new Problem(ProblemKind.NotFound, "queue_not_found", $"There is no queue '{queue}'; there are {string.Join(", ", queues)}.", "queue"));

    // What cannot be read, or says no tenant that is one, belongs to the tenant of an installation that has only one.
    private static bool IsOf(TenantId tenant, WaitingMessage message) =>
        (TenantId.TryParse(Text(Parse(message.Text), TenantField), out TenantId? named) ? named : TenantId.Default) == tenant;

    private static string Named(WaitingMessage message)
    {
        if (Parse(message.Text) is not { } body || body.ContainsKey(IdField))
        {
            return message.Text;
        }

        body[IdField] = message.Id;
        string named = body.ToJsonString();
        return Encoding.UTF8.GetByteCount(named) <= QueueChecks.MaxMessageBytes ? named : message.Text;
    }

    private static string? Text(JsonObject? body, string field) =>
        body is not null && body.TryGetPropertyValue(field, out JsonNode? value) && value is JsonValue text && text.TryGetValue(out string? found) ? found : null;

    private static JsonObject? Parse(string text)
    {
        try
        {
            // A name that is there twice shows only when it is looked up.
            return JsonNode.Parse(text) is JsonObject body && body.Count >= 0 ? body : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
