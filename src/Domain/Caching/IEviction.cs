namespace Trainyard.Domain.Caching;

/// <summary>Chooses what leaves memory. Called by one thread at a time.</summary>
internal interface IEviction<TKey, TValue>
    where TKey : notnull
    where TValue : class, ICachedValue
{
    /// <summary>A value was loaded, because somebody asked for it and it was not there.</summary>
    void Loaded(TKey key, TValue value);

    /// <summary>The next to leave.</summary>
    /// <param name="held">At least one value that may leave.</param>
    /// <returns>One of them.</returns>
    TKey Choose(IReadOnlyList<KeyValuePair<TKey, TValue>> held);
}
