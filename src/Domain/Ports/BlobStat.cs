namespace Trainyard.Domain.Ports;

/// <summary>What is known of a blob without reading it.</summary>
/// <param name="Path">Its path in the container.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Changes with every write; opaque.</param>
/// <param name="LastModified">When it was last written.</param>
public sealed record BlobStat(string Path, long Length, string ETag, DateTimeOffset LastModified);
