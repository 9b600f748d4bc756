using System.Globalization;
using System.Text.Json;

namespace Trainyard.LocalHost.Queues;

/// <summary>How queue triggers receive: the section <c>extensions.queues</c> of host.json.</summary>
internal sealed record QueueSettings
{
    /// <summary>Messages of one queue that are worked on at once; the Functions host's default batch size.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Tries before a message moves to the poison queue; the Functions host's default.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message stays invisible after a failed try; the Functions host's default.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Reads the section; what it does not name keeps its default.</summary>
    /// <exception cref="FormatException">A value is out of range.</exception>
    public static QueueSettings Read(JsonElement? section)
    {
        QueueSettings settings = new();
        if (section is not { ValueKind: JsonValueKind.Object } queues)
        {
            return settings;
        }

        if (queues.TryGetProperty("batchSize", out JsonElement batchSize))
        {
            settings = settings with { BatchSize = InRange(batchSize.GetInt32(), "batchSize", 32) };
        }

        if (queues.TryGetProperty("maxDequeueCount", out JsonElement tries))
        {
            settings = settings with { MaxDequeueCount = InRange(tries.GetInt32(), "maxDequeueCount", 100) };
        }

        return queues.TryGetProperty("visibilityTimeout", out JsonElement visibility)
            ? settings with { VisibilityTimeout = TimeSpan.Parse(visibility.GetString()!, CultureInfo.InvariantCulture) }
            : settings;
    }

    private static int InRange(int value, string name, int maximum) => value >= 1 && value <= maximum
        ? value
        : throw new FormatException($"extensions.queues.{name} is {value}; it must be from 1 to {maximum}.");
}
