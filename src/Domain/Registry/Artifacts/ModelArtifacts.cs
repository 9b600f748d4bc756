using System.Globalization;
using System.Security.Cryptography;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Artifacts;

/// <summary>Model files, checked by their SHA-256 before anybody gets a byte of them. Thread safe.</summary>
/// <param name="blobs">Where they lie.</param>
/// <param name="alerts">Told of files that are gone or altered, once a day of each.</param>
/// <param name="time">The clock.</param>
public sealed class ModelArtifacts(IBlobStore blobs, AlertLog alerts, TimeProvider time)
{
    /// <summary>Reads the file of a version into memory; whoever calls bounds its length first.</summary>
    /// <exception cref="ProblemException"><c>model_corrupt</c>: it is gone, truncated or altered; <c>model_file_elsewhere</c>.</exception>
    public async Task<byte[]> ReadAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelArtifact artifact = Require(version);
        await using Stream? stored = await blobs.OpenReadAsync(artifact.Container, artifact.Path, cancellationToken);
        byte[] file = new byte[artifact.Bytes];
        int length = stored is null ? 0 : await stored.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, cancellationToken);
        return length == file.Length && Convert.ToHexStringLower(SHA256.HashData(file)) == artifact.Sha256
            ? file
            : throw await DamagedAsync(tenant, version, length, cancellationToken);
    }

    /// <summary>Opens the file of a version after reading it through once, in constant memory.</summary>
    /// <exception cref="ProblemException"><c>model_corrupt</c>: it is gone, truncated or altered; <c>model_file_elsewhere</c>.</exception>
    public async Task<Stream> OpenAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        ModelArtifact artifact = Require(version);
        BlobStat? stat = await blobs.StatAsync(artifact.Container, artifact.Path, cancellationToken);
        if (stat?.Length != artifact.Bytes || await HashAsync(artifact, cancellationToken) != artifact.Sha256)
        {
            throw await DamagedAsync(tenant, version, stat?.Length ?? 0, cancellationToken);
        }

        return await blobs.OpenReadAsync(artifact.Container, artifact.Path, cancellationToken)
            ?? throw await DamagedAsync(tenant, version, 0, cancellationToken);
    }

    private static ModelArtifact Require(ModelVersion version) =>
        version.Artifact == ModelArtifact.Elsewhere ? throw RegistryProblems.FileElsewhere(version) : version.Artifact;

    private async Task<string?> HashAsync(ModelArtifact artifact, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(artifact.Container, artifact.Path, cancellationToken);
        return stored is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(stored, cancellationToken));
    }

    private async Task<ProblemException> DamagedAsync(TenantId tenant, ModelVersion version, long found, CancellationToken cancellationToken)
    {
        DateTimeOffset day = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"The file of model '{version.ModelName}' {version.Label} is gone or damaged: {found} bytes were read of {version.Artifact.Bytes}, and they do not have its SHA-256. Restore it from a backup, or deploy another version.");
        Alert alert = new(
            $"artifact-{version.ModelId}-{version.Label}",
            AlertKind.ArtifactDamaged,
            message,
            day,
            version.ModelName,
            version.Lineage.PipelineId ?? string.Empty,
            version.Lineage.RunId,
            "artifact_bytes",
            found,
            version.Artifact.Bytes);
        await alerts.RaiseAsync(tenant, alert, cancellationToken);
        return RegistryProblems.ModelCorrupt(version);
    }
}
