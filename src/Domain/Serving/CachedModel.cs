using Trainyard.Domain.Caching;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving;

/// <summary>A loaded version in the cache. Thread safe.</summary>
/// <param name="version">The version.</param>
/// <param name="model">What it was loaded as.</param>
/// <param name="loaded">Time stamp of its load.</param>
/// <param name="options">Names what is loaded ahead.</param>
/// <param name="dropped">Counts it when it leaves memory.</param>
internal sealed class CachedModel(ModelVersion version, ServedModel model, long loaded, ServingOptions options, Counter dropped) : ICachedValue
{
    private readonly Lock gate = new();
    private HashSet<ModelRoute>? routes = [];
    private long lastUsed = loaded;
    private long uses;

    public ModelVersion Version => version;

    /// <summary>Tells its model in the ids of predictions.</summary>
    public uint ModelTag { get; } = PredictionId.TagOf(version.ModelId);

    public ServedModel Model => model;

    /// <summary>Bytes of memory that it takes.</summary>
    public long Bytes => model.Bytes;

    /// <summary>Time stamp of the last request that used it.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>Requests and look-ups that used it.</summary>
    public long Uses => Volatile.Read(ref uses);

    /// <summary>Whether it answers for what is deployed: such a version leaves only when nothing else can.</summary>
    public bool IsPreferred => IsReached(route => route.Key.Version is null && route.Found?.Plan.IsAnsweredBy(this) == true);

    /// <summary>Whether a route that is loaded ahead leads to it.</summary>
    public bool IsLoadedAhead => options.Preload.Count > 0 && IsReached(route => options.Preload.Contains(new PreloadedModel(route.Key.Tenant, route.Key.IdOrName)));

    /// <summary>Whether it left memory: who still has it may finish, and nobody keeps it.</summary>
    public bool HasLeft => Volatile.Read(ref routes) is null;

    public void Touch(long timestamp)
    {
        Volatile.Write(ref lastUsed, timestamp);
        Interlocked.Increment(ref uses);
    }

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

        dropped.Add(string.Empty, 1);
        foreach (ModelRoute route in leading ?? [])
        {
            route.Lose(this);
        }
    }

    private bool IsReached(Func<ModelRoute, bool> condition)
    {
        lock (gate)
        {
            return routes?.Any(condition) == true;
        }
    }
}
