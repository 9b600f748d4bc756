using Trainyard.Domain.Caching;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Serving;

/// <summary>A loaded version in the cache.</summary>
internal sealed class CachedModel(ModelVersion version, ServedModel model) : ICachedValue
{
    private long lastUsed;

    public ModelVersion Version => version;

    public ServedModel Model => model;

    public long Bytes => version.Artifact.Bytes;

    /// <summary>Time stamp of the last request that used it.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    public void Touch(long timestamp) => Volatile.Write(ref lastUsed, timestamp);
}
