namespace Trainyard.Domain.Datasets;

/// <summary>Leads from an upload or a content to its version.</summary>
/// <param name="Version">The version.</param>
internal sealed record VersionPointer(int Version);
