namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>An instance with its payloads, as a query shows it.</summary>
internal sealed record InstanceSnapshot(
    InstanceRow Instance, DateTime CreatedAt, DateTime UpdatedAt, string? Input, string? Output, string? Failure, string? CustomStatus, string? Tags);
