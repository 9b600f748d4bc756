namespace Trainyard.Domain.Ports;

/// <summary>A stored JSON document.</summary>
/// <param name="PartitionKey">Groups documents that are queried and committed together; a tenant id leads it.</param>
/// <param name="RowKey">Unique and ordered (ordinal) in its partition.</param>
/// <param name="Json">The document, UTF-8.</param>
/// <param name="ETag">Changes with every write; opaque.</param>
public sealed record Document(string PartitionKey, string RowKey, ReadOnlyMemory<byte> Json, string ETag);
