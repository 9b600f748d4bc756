using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Sends to Azure Queue storage in base64, which queue triggers expect; the first message creates a queue.</summary>
/// <remarks>A message whose first send was stored and not answered is sent again: it may be received twice.</remarks>
/// <param name="queues">Must encode messages in base64.</param>
internal sealed class StorageQueue(QueueServiceClient queues) : IMessageQueue
{
    // By default the service drops a message that nobody received for a week.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    // One that nobody makes; that there is none is an answer.
    private const string ProbedQueue = "health";

    /// <inheritdoc />
    public async Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueChecks.Send(queue, message, delay);
        QueueClient client = queues.GetQueueClient(queue);
        TimeSpan wholeSeconds = TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));
        await StorageCalls.RunAsync(
            () => StorageCalls.CreatingAsync(
                () => client.SendMessageAsync(message, wholeSeconds, Forever, cancellationToken),
                QueueErrorCode.QueueNotFound.ToString(),
                () => client.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task ProbeAsync(CancellationToken cancellationToken) =>
        await StorageCalls.FindAsync(() => queues.GetQueueClient(ProbedQueue).GetPropertiesAsync(cancellationToken), cancellationToken);
}
