namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often this event was tried before.</summary>
public abstract class RetryContext
{
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}
