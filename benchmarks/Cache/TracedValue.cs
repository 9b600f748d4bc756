using Trainyard.Domain.Caching;

namespace Trainyard.Benchmarks.Cache;

/// <summary>Stands for a model: a size, and when and how often it was asked for.</summary>
internal sealed class TracedValue(long bytes, long loaded) : ICachedValue
{
    public long Bytes => bytes;

    public long LastUsed { get; private set; } = loaded;

    public long Uses { get; private set; }

    public void Touch(long timestamp)
    {
        LastUsed = timestamp;
        Uses++;
    }
}
