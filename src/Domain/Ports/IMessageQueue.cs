namespace Trainyard.Domain.Ports;

/// <summary>Sends messages that a queue-triggered function receives at least once. Thread safe.</summary>
public interface IMessageQueue
{
    /// <summary>Sends a message; it is durable when this returned.</summary>
    /// <param name="queue">3 to 63 lower-case letters, digits and single hyphens.</param>
    /// <param name="message">At most 48 KiB of well-formed text in UTF-8 (Azure Queue storage's 64 KiB in base64).</param>
    /// <param name="delay">How long it stays invisible, up to 7 days; zero for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name, the text, the size or the delay is out of bounds.</exception>
    Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Returns when the queues can be reached; changes nothing.</summary>
    /// <exception cref="StorageUnavailableException">They cannot.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);
}
