using System.Security.Cryptography;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Serving;

/// <summary>Model files in memory: each loaded once however many ask, bounded by count and bytes. Thread safe.</summary>
internal sealed class ModelStore(IBlobStore blobs, TimeProvider time, ServingOptions options)
{
    private readonly SharedLoads<(TenantId Tenant, string ModelId, int Sequence), CachedModel> loads = new(options.MaxModels, options.MaxModelBytes);

    /// <summary>Models held or being loaded.</summary>
    public int Count => loads.Count;

    /// <summary>Bytes of the model files held.</summary>
    public long Bytes => loads.Bytes;

    public Task<CachedModel> GetAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken) =>
        loads.GetAsync((tenant, version.ModelId, version.Sequence), () => LoadAsync(version), cancellationToken);

    /// <summary>True while the model may be used without asking again.</summary>
    public bool Holds(TenantId tenant, CachedModel model) => loads.Holds((tenant, model.Version.ModelId, model.Version.Sequence));

    private async Task<CachedModel> LoadAsync(ModelVersion version)
    {
        ModelArtifact artifact = version.Artifact;
        if (artifact.Bytes > options.MaxModelBytes)
        {
            throw ServingProblems.ModelTooLarge(version.ModelName, options.MaxModelBytes);
        }

        await using Stream? stored = await blobs.OpenReadAsync(artifact.Container, artifact.Path, CancellationToken.None);
        byte[] file = new byte[artifact.Bytes];
        int length = stored is null ? 0 : await stored.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false);
        if (length != file.Length || Convert.ToHexStringLower(SHA256.HashData(file)) != artifact.Sha256)
        {
            throw ServingProblems.ModelCorrupt(version.ModelName, version.Label);
        }

        try
        {
            CachedModel loaded = new(version, new ServedModel(TabularModelFile.Read(file)));
            loaded.Touch(time.GetTimestamp());
            return loaded;
        }
        catch (LearningException exception)
        {
            throw ServingProblems.ModelCorrupt(version.ModelName, version.Label, exception);
        }
    }
}
