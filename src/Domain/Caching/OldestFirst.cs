namespace Trainyard.Domain.Caching;

/// <summary>What was used longest ago leaves first.</summary>
internal sealed class OldestFirst<TKey, TValue> : IEviction<TKey, TValue>
    where TKey : notnull
    where TValue : class, ICachedValue
{
    /// <inheritdoc/>
    public void Loaded(TKey key, TValue value)
    {
    }

    /// <inheritdoc/>
    public TKey Choose(IReadOnlyList<KeyValuePair<TKey, TValue>> held) => held.MinBy(each => each.Value.LastUsed).Key;
}
