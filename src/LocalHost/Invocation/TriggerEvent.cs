namespace Trainyard.LocalHost.Invocation;

/// <summary>What starts one invocation.</summary>
/// <param name="Payload">What the trigger parameter is bound from, or null.</param>
internal sealed record TriggerEvent(object? Payload)
{
    /// <summary>What the trigger knows of its event beside the payload, or null.</summary>
    public IReadOnlyDictionary<string, object?>? Data { get; init; }

    /// <summary>The W3C <c>traceparent</c> of what caused the event, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often the event was tried.</summary>
    public LocalRetryContext Retry { get; init; } = LocalRetryContext.None;
}
