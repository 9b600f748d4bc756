using System.Collections.Concurrent;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;

namespace Trainyard.Domain.Serving;

/// <summary>Versions in memory: each loaded once however many ask, bounded by count and by what they take of memory. Thread safe.</summary>
/// <remarks>
/// What is expected to be asked for least, for the room that it takes, leaves first (<see cref="LearnedEviction{TKey, TValue}"/>), and what
/// production traffic uses only when nothing else can. A version that nobody asked for in
/// <see cref="ServingOptions.IdleTime"/> leaves too, unless it is one that was loaded ahead.
/// </remarks>
internal sealed class ModelStore : IDisposable
{
    /// <summary>Looks for idle versions in an idle time: a version stays at most a tenth longer than it should.</summary>
    private const int SweepsPerIdleTime = 10;

    /// <summary>Versions that are known to be too large, so that they are not loaded only to find it out again.</summary>
    private const int MaxKnownTooLarge = 1_000;

    private readonly SharedLoads<StoreKey, CachedModel> loads;
    private readonly ConcurrentDictionary<StoreKey, bool> tooLarge = new();
    private readonly ModelArtifacts artifacts;
    private readonly TimeProvider time;
    private readonly ServingOptions options;
    private readonly Counter loaded;
    private readonly Counter dropped;
    private readonly ITimer? sweep;
    private long loadCount;

    /// <summary>An empty store.</summary>
    /// <param name="artifacts">The files of versions.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">Its bounds.</param>
    /// <param name="metrics">Counts what is loaded and what leaves.</param>
    public ModelStore(ModelArtifacts artifacts, TimeProvider time, ServingOptions options, MetricsRegistry metrics)
    {
        (this.artifacts, this.time, this.options) = (artifacts, time, options);
        loads = new(options.MaxModels, options.MaxModelBytes, new LearnedEviction<StoreKey, CachedModel>(options.MaxModels, options.MaxModelBytes));
        loaded = metrics.Counter("ml_model_loads_total", "Model versions read into memory.");
        dropped = metrics.Counter("ml_model_unloads_total", "Model versions that left memory, for room or because nobody asked for them.");
        if (options.IdleTime > TimeSpan.Zero)
        {
            TimeSpan period = options.IdleTime / SweepsPerIdleTime;
            sweep = time.CreateTimer(static store => ((ModelStore)store!).DropIdle(), this, period, period);
        }
    }

    /// <summary>Versions held or being loaded.</summary>
    public int Count => loads.Count;

    /// <summary>Versions read so far.</summary>
    public long Loads => Volatile.Read(ref loadCount);

    /// <summary>Bytes of memory that the versions held take.</summary>
    public long Bytes => loads.Bytes;

    public Task<CachedModel> GetAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        StoreKey key = new(tenant, version.ModelId, version.Sequence);
        return loads.GetAsync(key, () => LoadAsync(key, version), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => sweep?.Dispose();

    private async Task<CachedModel> LoadAsync(StoreKey key, ModelVersion version)
    {
        if (version.Artifact.Bytes > options.MaxModelBytes || tooLarge.ContainsKey(key))
        {
            throw ServingProblems.ModelTooLarge(version.ModelName, options.MaxModelBytes);
        }

        byte[] file = await artifacts.ReadAsync(key.Tenant, version, CancellationToken.None);
        ServedModel model = Read(version, file);
        if (options.WarmUp)
        {
            model.WarmUp(version, options);
        }

        model.Measure();
        if (model.Bytes > options.MaxModelBytes)
        {
            NoteTooLarge(key);
            throw ServingProblems.ModelTooLarge(version.ModelName, options.MaxModelBytes);
        }

        Interlocked.Increment(ref loadCount);
        loaded.Add(string.Empty, 1);
        return new CachedModel(version, model, time.GetTimestamp(), options, dropped);
    }

    private static ServedModel Read(ModelVersion version, byte[] file)
    {
        try
        {
            return ArtifactReaders.Read(version.Task, file);
        }
        catch (LearningException exception)
        {
            throw RegistryProblems.ModelCorrupt(version, exception);
        }
    }

    private void NoteTooLarge(StoreKey key)
    {
        if (tooLarge.Count >= MaxKnownTooLarge)
        {
            tooLarge.Clear();
        }

        tooLarge.TryAdd(key, true);
    }

    private void DropIdle() => loads.Drop(model => !model.IsLoadedAhead && time.GetElapsedTime(model.LastUsed) >= options.IdleTime);

    /// <summary>A version of a model, by what never changes.</summary>
    private readonly record struct StoreKey(TenantId Tenant, string ModelId, int Sequence);
}
