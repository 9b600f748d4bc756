using Microsoft.Azure.Functions.Worker;

namespace Trainyard.LocalHost.Invocation;

/// <summary>How often this event was tried before, and how often it may be.</summary>
internal sealed class LocalRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    /// <summary>An event that is tried once.</summary>
    public static LocalRetryContext None { get; } = new(0, 0);

    public override int RetryCount { get; } = retryCount;

    public override int MaxRetryCount { get; } = maxRetryCount;
}
