using System.Security.Cryptography;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Serving;

/// <summary>Model files in memory: each loaded once however many ask, bounded by count and bytes. Thread safe.</summary>
internal sealed class ModelStore(IBlobStore blobs, TimeProvider time, ServingOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(TenantId Tenant, string ModelId, int Sequence), Task<CachedModel>> loads = [];

    /// <summary>Models held or being loaded.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return loads.Count;
            }
        }
    }

    public async Task<CachedModel> GetAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        (TenantId, string, int) key = (tenant, version.ModelId, version.Sequence);
        Task<CachedModel>? load;
        lock (gate)
        {
            if (!loads.TryGetValue(key, out load))
            {
                // The load is shared, so no single caller may cancel it.
                load = Task.Run(() => LoadAsync(version), CancellationToken.None);
                loads.Add(key, load);
            }
        }

        try
        {
            CachedModel model = await load.WaitAsync(cancellationToken);
            Evict(model);
            return model;
        }
        catch when (load.IsFaulted)
        {
            Forget(key, load);
            throw;
        }
    }

    /// <summary>True while the model may be used without asking again.</summary>
    public bool Holds(TenantId tenant, CachedModel model)
    {
        lock (gate)
        {
            return loads.ContainsKey((tenant, model.Version.ModelId, model.Version.Sequence));
        }
    }

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

    private void Forget((TenantId, string, int) key, Task<CachedModel> load)
    {
        lock (gate)
        {
            if (loads.TryGetValue(key, out Task<CachedModel>? current) && current == load)
            {
                loads.Remove(key);
            }
        }
    }

    private void Evict(CachedModel newest)
    {
        lock (gate)
        {
            List<KeyValuePair<(TenantId, string, int), Task<CachedModel>>> held = [.. loads.Where(load => load.Value.IsCompletedSuccessfully)];
            long bytes = held.Sum(load => load.Value.Result.Bytes);
            foreach ((var key, Task<CachedModel> load) in held.Where(load => load.Value.Result != newest).OrderBy(load => load.Value.Result.LastUsed))
            {
                if (bytes <= options.MaxModelBytes && loads.Count <= options.MaxModels)
                {
                    return;
                }

                loads.Remove(key);
                bytes -= load.Result.Bytes;
            }
        }
    }
}
