using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Domain.Serving;

/// <summary>The routes of a host. Thread safe.</summary>
internal sealed class RouteTable
{
    /// <summary>Ids, names and labels of versions that led to a model; reached only by churn, which then begins anew.</summary>
    private const int MaxRoutes = 10_000;

    private readonly ConcurrentDictionary<RouteKey, ModelRoute> routes = new();

    // Counted here, for the dictionary counts by taking all of its locks.
    private int count;

    public int Count => Volatile.Read(ref count);

    public bool TryGet(RouteKey key, [NotNullWhen(true)] out ModelRoute? route) => routes.TryGetValue(key, out route);

    public ModelRoute GetOrAdd(RouteKey key)
    {
        while (true)
        {
            if (routes.TryGetValue(key, out ModelRoute? known))
            {
                return known;
            }

            ModelRoute added = new(key, this);
            if (routes.TryAdd(key, added))
            {
                if (Interlocked.Increment(ref count) > MaxRoutes)
                {
                    DropOthers(added);
                }

                return added;
            }
        }
    }

    public void Remove(ModelRoute route)
    {
        if (routes.TryRemove(KeyValuePair.Create(route.Key, route)))
        {
            Interlocked.Decrement(ref count);
        }
    }

    private void DropOthers(ModelRoute kept)
    {
        foreach ((_, ModelRoute route) in routes)
        {
            if (route != kept)
            {
                Remove(route);
            }
        }
    }
}
