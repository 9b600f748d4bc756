namespace Trainyard.Domain.Serving;

/// <summary>What an id or name of a model led to when it was last looked up. Thread safe.</summary>
internal sealed class ModelRoute(RouteKey key, RouteTable table)
{
    private volatile Lookup? found;

    public RouteKey Key => key;

    /// <summary>Held by the one request that looks up again.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public Lookup? Found => found;

    /// <summary>Keeps a look-up for the requests to come, unless one of its versions left memory meanwhile.</summary>
    public void Keep(Lookup lookup)
    {
        found = lookup;
        foreach (CachedModel model in lookup.Plan.Models)
        {
            if (!model.TryAttach(this))
            {
                Lose(model);
                return;
            }
        }
    }

    /// <summary>Forgets what it led to when that uses a version which left memory.</summary>
    public void Lose(CachedModel model)
    {
        if (found is { } last && last.Plan.Models.Contains(model))
        {
            table.Remove(this);
            Interlocked.CompareExchange(ref found, null, last);
        }
    }

    /// <summary>One look-up. Replaced whole, so that readers need no lock.</summary>
    /// <param name="Plan">What was deployed.</param>
    /// <param name="Timestamp">When.</param>
    /// <param name="Generation">Of the deployment signal, read before the look-up.</param>
    internal sealed record Lookup(ServingPlan Plan, long Timestamp, long Generation);
}
