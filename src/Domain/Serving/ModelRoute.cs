using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>What an id or name of a model led to when it was last looked up.</summary>
internal sealed class ModelRoute(TenantId tenant, string idOrName)
{
    private volatile Lookup? found;

    public TenantId Tenant => tenant;

    public string IdOrName => idOrName;

    /// <summary>Held by the one request that looks up again.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public Lookup? Found
    {
        get => found;
        set => found = value;
    }

    /// <summary>One look-up. Replaced whole, so that readers need no lock.</summary>
    /// <param name="Model">What was deployed.</param>
    /// <param name="Timestamp">When.</param>
    /// <param name="Generation">Of the deployment signal, read before the look-up.</param>
    internal sealed record Lookup(CachedModel Model, long Timestamp, long Generation);
}
