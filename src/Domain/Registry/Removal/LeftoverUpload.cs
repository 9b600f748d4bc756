namespace Trainyard.Domain.Registry.Removal;

/// <summary>A file that is written before its version is registered.</summary>
/// <param name="OperationId">What registers it.</param>
/// <param name="Container">Its container.</param>
/// <param name="Path">Its path.</param>
internal sealed record LeftoverUpload(string OperationId, string Container, string Path);
