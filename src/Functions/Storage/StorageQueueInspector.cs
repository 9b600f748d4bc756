using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Looks through queues of Azure Queue storage.</summary>
/// <param name="queues">
/// Must not decode messages: what was sent in another form than base64 is among those that could not be handled, and a client that
/// decodes would refuse all that it received together with it.
/// </param>
internal sealed class StorageQueueInspector(QueueServiceClient queues) : IQueueInspector
{
    // Longer than looking through takes, shorter than anybody waits to see messages again after a process died.
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(2);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public async Task<IReadOnlyList<WaitingMessage>> PeekAsync(string queue, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        var found = await StorageCalls.FindAsync(() => queues.GetQueueClient(queue).PeekMessagesAsync(IQueueInspector.MaxMessages, cancellationToken), cancellationToken);
        return [.. (found?.Value ?? []).Select(message => Waiting(message.MessageId, message.Body, message.InsertedOn))];
    }

    /// <inheritdoc />
    public async Task<int> SettleAsync(string queue, Func<WaitingMessage, CancellationToken, Task<bool>> settle, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        QueueClient client = queues.GetQueueClient(queue);
        List<QueueMessage> left = [];
        int settled = 0;
        try
        {
            while (await ReceiveAsync(client, cancellationToken) is { Length: > 0 } messages)
            {
                left.AddRange(messages);
                foreach (QueueMessage message in messages)
                {
                    if (await settle(Waiting(message.MessageId, message.Body, message.InsertedOn), cancellationToken))
                    {
                        await StorageCalls.FindAsync(() => client.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken), cancellationToken);
                        left.Remove(message);
                        settled++;
                    }
                }
            }

            return settled;
        }
        finally
        {
            // Also after a cancellation or a failure: else nobody sees them for as long as they are held.
            foreach (QueueMessage message in left)
            {
                await StorageCalls.FindAsync(
                    () => client.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, CancellationToken.None), CancellationToken.None);
            }
        }
    }

    private static async Task<QueueMessage[]?> ReceiveAsync(QueueClient client, CancellationToken cancellationToken) =>
        (await StorageCalls.FindAsync(() => client.ReceiveMessagesAsync(IQueueInspector.MaxMessages, HoldTime, cancellationToken), cancellationToken))?.Value;

    private static WaitingMessage Waiting(string id, BinaryData? body, DateTimeOffset? sentAt) => new(id, Decode(body?.ToString() ?? string.Empty), sentAt ?? default);

    // The form in which messages are sent; another's text is shown as it is.
    private static string Decode(string text)
    {
        byte[] bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out int count) ? Strict.GetString(bytes, 0, count) : text;
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}
