using Trainyard.Domain.Caching;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

/// <summary>Dataset versions as tables, read once however many steps of however many runs ask for them. Thread safe.</summary>
/// <remarks>A version never changes, and its hash is part of what it is known by, so nothing here grows stale.</remarks>
/// <param name="catalog">Reads versions.</param>
/// <param name="options">Says how much is kept.</param>
/// <param name="time">Tells what was used last.</param>
public sealed class TableCache(DatasetCatalog catalog, DatasetOptions options, TimeProvider time)
{
    // Small tables must not add up to a long list to go through; a host works on far fewer at a time.
    private const int MaxTables = 64;

    private readonly SharedLoads<(TenantId Tenant, string Name, int Version, string Sha256), CachedTable> loads = new(MaxTables, options.MaxCachedTableBytes);

    /// <summary>Tables held or being read.</summary>
    public int Count => loads.Count;

    /// <summary>A version as a table.</summary>
    /// <exception cref="ProblemException"><c>dataset_corrupt</c>.</exception>
    public async Task<Table> GetAsync(TenantId tenant, DatasetVersion version, CancellationToken cancellationToken)
    {
        CachedTable found = await loads.GetAsync((tenant, version.Name, version.Version, version.Sha256), () => LoadAsync(tenant, version), cancellationToken);
        found.Touch(time.GetTimestamp());
        return found.Table;
    }

    private async Task<CachedTable> LoadAsync(TenantId tenant, DatasetVersion version)
    {
        CachedTable loaded = new(version, await catalog.LoadTableAsync(tenant, version, CancellationToken.None));
        loaded.Touch(time.GetTimestamp());
        return loaded;
    }
}
