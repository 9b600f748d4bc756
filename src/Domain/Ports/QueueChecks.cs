using System.Text;

namespace Trainyard.Domain.Ports;

/// <summary>The bounds of message queues, and the checks that every adapter makes first.</summary>
public static class QueueChecks
{
    /// <summary>UTF-8 bytes of a message: Azure Queue storage's 64 KiB hold this much in base64.</summary>
    public const int MaxMessageBytes = 48 * 1024;

    /// <summary>The longest delay, that of Azure Queue storage.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);

    /// <summary>Checks a queue's name.</summary>
    /// <exception cref="ArgumentException">It breaks the rule of <see cref="IMessageQueue.SendAsync"/>.</exception>
    public static void Name(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (!StorageName.IsValid(queue))
        {
            throw new ArgumentException($"Queue '{queue}' must be {StorageName.Rule}.", nameof(queue));
        }
    }

    /// <summary>Checks what is about to be sent.</summary>
    /// <exception cref="ArgumentException">The name, the text, the size or the delay is out of bounds.</exception>
    public static void Send(string queue, string message, TimeSpan delay)
    {
        Name(queue);
        ArgumentNullException.ThrowIfNull(message);
        if (!WellFormedText.Is(message) || Encoding.UTF8.GetByteCount(message) > MaxMessageBytes)
        {
            throw new ArgumentException($"A message is well-formed text of at most {MaxMessageBytes} bytes in UTF-8; keep large content in a blob.", nameof(message));
        }

        Delay(delay);
    }

    /// <summary>Checks a delay or visibility time-out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or over <see cref="MaxDelay"/>.</exception>
    public static void Delay(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > MaxDelay)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, $"A delay is 0 to {MaxDelay.TotalDays} days.");
        }
    }
}
