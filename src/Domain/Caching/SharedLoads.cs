namespace Trainyard.Domain.Caching;

/// <summary>Values in memory: each loaded once however many ask, bounded by count and bytes; what was used longest ago goes first. Thread safe.</summary>
/// <remarks>A load that fails is not kept. A value that is over the bound of bytes by itself is shared by those who wait for it, and not kept.</remarks>
/// <param name="maxCount">Values at most, those being loaded included.</param>
/// <param name="maxBytes">Bytes of all values at most.</param>
internal sealed class SharedLoads<TKey, TValue>(int maxCount, long maxBytes)
    where TKey : notnull
    where TValue : class, ICachedValue
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Task<TValue>> loads = [];

    /// <summary>Values held or being loaded.</summary>
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

    /// <summary>Bytes of the values held.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return loads.Values.Where(load => load.IsCompletedSuccessfully).Sum(load => load.Result.Bytes);
            }
        }
    }

    /// <summary>True while the value is held or being loaded.</summary>
    public bool Holds(TKey key)
    {
        lock (gate)
        {
            return loads.ContainsKey(key);
        }
    }

    /// <summary>The value, loaded when it is not there.</summary>
    /// <param name="key">Names it.</param>
    /// <param name="load">Loads it; on behalf of everybody who asks meanwhile, so no caller can cancel it.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> load, CancellationToken cancellationToken)
    {
        Task<TValue>? shared;
        lock (gate)
        {
            if (!loads.TryGetValue(key, out shared))
            {
                shared = Task.Run(load, CancellationToken.None);
                loads.Add(key, shared);
            }
        }

        try
        {
            TValue value = await shared.WaitAsync(cancellationToken);
            Evict(value);
            return value;
        }
        catch when (shared.IsFaulted)
        {
            Forget(key, shared);
            throw;
        }
    }

    private void Forget(TKey key, Task<TValue> load)
    {
        lock (gate)
        {
            if (loads.TryGetValue(key, out Task<TValue>? current) && current == load)
            {
                loads.Remove(key);
            }
        }
    }

    private void Evict(TValue newest)
    {
        lock (gate)
        {
            List<KeyValuePair<TKey, Task<TValue>>> held = [.. loads.Where(load => load.Value.IsCompletedSuccessfully)];
            long bytes = held.Sum(load => load.Value.Result.Bytes);
            foreach ((TKey key, Task<TValue> load) in held.OrderBy(load => load.Value.Result == newest).ThenBy(load => load.Value.Result.LastUsed))
            {
                if (bytes <= maxBytes && (loads.Count <= maxCount || load.Result == newest))
                {
                    return;
                }

                loads.Remove(key);
                bytes -= load.Result.Bytes;
            }
        }
    }
}
