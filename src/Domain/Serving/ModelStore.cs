using Trainyard.Domain.Caching;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;

namespace Trainyard.Domain.Serving;

/// <summary>Model files in memory: each loaded once however many ask, bounded by count and bytes. Thread safe.</summary>
internal sealed class ModelStore(ModelArtifacts artifacts, TimeProvider time, ServingOptions options)
{
    private readonly SharedLoads<(TenantId Tenant, string ModelId, int Sequence), CachedModel> loads = new(options.MaxModels, options.MaxModelBytes);

    /// <summary>Models held or being loaded.</summary>
    public int Count => loads.Count;

    /// <summary>Bytes of the model files held.</summary>
    public long Bytes => loads.Bytes;

    public Task<CachedModel> GetAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken) =>
        loads.GetAsync((tenant, version.ModelId, version.Sequence), () => LoadAsync(tenant, version), cancellationToken);

    private async Task<CachedModel> LoadAsync(TenantId tenant, ModelVersion version)
    {
        if (version.Artifact.Bytes > options.MaxModelBytes)
        {
            throw ServingProblems.ModelTooLarge(version.ModelName, options.MaxModelBytes);
        }

        byte[] file = await artifacts.ReadAsync(tenant, version, CancellationToken.None);
        try
        {
            CachedModel loaded = new(version, ArtifactReaders.Read(version.Task, file));
            loaded.Touch(time.GetTimestamp());
            return loaded;
        }
        catch (LearningException exception)
        {
            throw RegistryProblems.ModelCorrupt(version, exception);
        }
    }
}
