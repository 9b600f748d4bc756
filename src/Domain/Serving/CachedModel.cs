using Trainyard.Domain.Caching;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Serving;

/// <summary>A loaded version in the cache. Thread safe.</summary>
internal sealed class CachedModel(ModelVersion version, ServedModel model) : ICachedValue
{
    private readonly Lock gate = new();
    private HashSet<ModelRoute>? routes = [];
    private long lastUsed;

    public ModelVersion Version => version;

    public ServedModel Model => model;

    public long Bytes => version.Artifact.Bytes;

    /// <summary>Time stamp of the last request that used it.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>Whether it left memory: who still has it may finish, and nobody keeps it.</summary>
    public bool HasLeft => Volatile.Read(ref routes) is null;

    public void Touch(long timestamp) => Volatile.Write(ref lastUsed, timestamp);

    /// <summary>Notes that a route leads to it; false when it left memory already.</summary>
    public bool TryAttach(ModelRoute route)
    {
        lock (gate)
        {
            routes?.Add(route);
            return routes is not null;
        }
    }

    /// <summary>A route keeps its models alive, so what leaves memory must leave the routes as well.</summary>
    public void Leave()
    {
        HashSet<ModelRoute>? leading;
        lock (gate)
        {
            (leading, routes) = (routes, null);
        }

        foreach (ModelRoute route in leading ?? [])
        {
            route.Lose(this);
        }
    }
}
