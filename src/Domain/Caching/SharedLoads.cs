namespace Trainyard.Domain.Caching;

/// <summary>Values in memory: each loaded once however many ask, bounded by count and bytes. Thread safe.</summary>
/// <remarks>A load that fails is not kept. A value that is over the bound of bytes by itself is shared by those who wait for it, and not kept.</remarks>
/// <param name="maxCount">Values at most, those being loaded included.</param>
/// <param name="maxBytes">Bytes of all values at most.</param>
/// <param name="eviction">Chooses what leaves; null for what was used longest ago.</param>
internal sealed class SharedLoads<TKey, TValue>(int maxCount, long maxBytes, IEviction<TKey, TValue>? eviction = null)
    where TKey : notnull
    where TValue : class, ICachedValue
{
    private readonly IEviction<TKey, TValue> eviction = eviction ?? new OldestFirst<TKey, TValue>();
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Task<TValue>> loads = [];
    private readonly Dictionary<TKey, TValue> values = [];

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
                return values.Values.Sum(each => each.Bytes);
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
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> load, CancellationToken cancellationToken)
    {
        Task<TValue>? shared;
        lock (gate)
        {
            if (!loads.TryGetValue(key, out shared))
            {
                shared = Task.Run(() => LoadAsync(key, load), CancellationToken.None);
                loads.Add(key, shared);
            }
        }

        return shared.WaitAsync(cancellationToken);
    }

    /// <summary>Lets go of the values that a condition holds for.</summary>
    public void Drop(Func<TValue, bool> condition)
    {
        List<TValue> left = [];
        lock (gate)
        {
            foreach ((TKey key, TValue value) in values.Where(each => condition(each.Value)).ToArray())
            {
                Remove(key);
                left.Add(value);
            }
        }

        left.ForEach(value => value.Leave());
    }

    // Whoever began it holds the lock until it is in the table, so that it finds itself there.
    private async Task<TValue> LoadAsync(TKey key, Func<Task<TValue>> load)
    {
        try
        {
            TValue value = await load();
            MakeRoom(key, value);
            return value;
        }
        catch
        {
            lock (gate)
            {
                loads.Remove(key);
            }

            throw;
        }
    }

    private void MakeRoom(TKey newest, TValue loaded)
    {
        List<TValue> left = [];
        lock (gate)
        {
            eviction.Loaded(newest, loaded);
            List<KeyValuePair<TKey, TValue>> others = [.. values];
            values.Add(newest, loaded);
            long bytes = values.Values.Sum(each => each.Bytes);
            while ((bytes > maxBytes || loads.Count > maxCount) && others.Count > 0)
            {
                TKey leaving = eviction.Choose(others);
                others.RemoveAt(others.FindIndex(each => EqualityComparer<TKey>.Default.Equals(each.Key, leaving)));
                bytes -= values[leaving].Bytes;
                left.Add(values[leaving]);
                Remove(leaving);
            }

            if (bytes > maxBytes)
            {
                Remove(newest);
                left.Add(loaded);
            }
        }

        left.ForEach(value => value.Leave());
    }

    private void Remove(TKey key)
    {
        loads.Remove(key);
        values.Remove(key);
    }
}
