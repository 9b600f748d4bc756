namespace Trainyard.Domain.Batches;

/// <summary>A place in the blob store.</summary>
/// <param name="Container">The container.</param>
/// <param name="Path">The path in it.</param>
public sealed record BatchBlob(string Container, string Path);
