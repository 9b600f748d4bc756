namespace Trainyard.Domain.Ports;

/// <summary>Looks at and settles messages of queues that no function receives, such as poison queues. Thread safe.</summary>
public interface IQueueInspector
{
    /// <summary>Messages of one look at most.</summary>
    const int MaxMessages = 32;

    /// <summary>The oldest visible messages, at most <see cref="MaxMessages"/>; they stay where they are. A queue that was never sent to has none.</summary>
    /// <param name="queue">3 to 63 lower-case letters, digits and single hyphens.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<WaitingMessage>> PeekAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Takes every visible message once, and deletes those that are settled. Nobody else sees them meanwhile.</summary>
    /// <remarks>A process that dies after <paramref name="settle"/> and before the deletion leaves the message, which is then settled once more.</remarks>
    /// <param name="queue">3 to 63 lower-case letters, digits and single hyphens.</param>
    /// <param name="settle">True when the message is settled; false leaves it. What it throws leaves it too, and ends the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Messages that were settled.</returns>
    Task<int> SettleAsync(string queue, Func<WaitingMessage, CancellationToken, Task<bool>> settle, CancellationToken cancellationToken);
}
