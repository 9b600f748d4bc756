using Trainyard.Domain.Documents;
using Trainyard.Domain.Registry.Storage;

namespace Trainyard.Domain.Registry.Removal;

/// <summary>Carries the deletion of a model over to the records of its versions.</summary>
internal static class Tombstones
{
    /// <summary>Marks every version that is not marked yet. Repeatable; each version is a write of its own, for there may be more than a commit takes.</summary>
    public static async Task WriteAsync(ModelRecords records, Deletion deletion, CancellationToken cancellationToken)
    {
        await foreach (Stored<ModelVersion> version in records.VersionsAsync(cancellationToken))
        {
            if (version.Value.Deletion is null)
            {
                await ReplaceAsync(records, version, deletion with { ArtifactRemoved = false }, cancellationToken);
            }
        }
    }

    /// <summary>Writes a version with another tombstone.</summary>
    public static Task ReplaceAsync(ModelRecords records, Stored<ModelVersion> version, Deletion deletion, CancellationToken cancellationToken) =>
        records.CommitAsync(
            [JsonDocuments.Replace(version.RowKey, version.Value with { Deletion = deletion }, version.ETag, RegistryJson.Default.ModelVersion)], cancellationToken);
}
