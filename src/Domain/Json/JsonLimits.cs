namespace Trainyard.Domain.Json;

/// <summary>Bounds of a JSON document that somebody sent.</summary>
public sealed record JsonLimits
{
    /// <summary>For ordinary requests: 1 MiB and 32 levels.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Bytes at most.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Objects and lists inside each other at most; bounds the recursion of every reader.</summary>
    public int MaxDepth { get; init; } = 32;
}
