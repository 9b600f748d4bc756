using System.Collections.Concurrent;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>The deployed version of each model, ready to predict. Thread safe.</summary>
/// <remarks>
/// Freshness: a deployment made by this process is seen by the next request; one made by another process within
/// <see cref="ServingOptions.Freshness"/>. When a look-up is that old, one request looks again while the others go on
/// with what they have. A new version is loaded before it replaces the old one, so a swap delays nobody but that request,
/// and that by no more than <see cref="Patience"/>: then it too goes on with the old. While storage fails, requests go on
/// with what was last looked up, however old, unless this process knows better: after a deployment of its own it rather
/// refuses than predicts with what may be yesterday's model.
/// </remarks>
public sealed class ModelCache(
    ModelRegistry registry, ModelArtifacts artifacts, DeploymentSignal signal, TimeProvider time, ServingOptions options, MetricsRegistry metrics)
{
    // Ids and names that led to a model; there are at most two per model, so this is reached only by churn.
    private const int MaxRoutes = 10_000;

    /// <summary>How long a request waits for a look-up when memory could answer; storage that works takes milliseconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(TenantId, string), ModelRoute> routes = new();
    private readonly ModelStore store = new(artifacts, time, options);
    private readonly Counter unconfirmed = metrics.Counter(
        "ml_model_lookups_failed_total", "Look-ups of a deployed model that storage did not answer and memory did, by model.", "model");

    /// <summary>Models in memory.</summary>
    public int Count => store.Count;

    /// <summary>Bytes of their files, as they are on disk.</summary>
    public long Bytes => store.Bytes;

    /// <summary>Ids and names that are kept.</summary>
    internal int RouteCount => routes.Count;

    /// <summary>What is deployed of a model.</summary>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_not_deployed</c>, <c>model_corrupt</c>, <c>model_too_large</c>.
    /// </exception>
    /// <exception cref="StorageUnavailableException">Storage fails, and nothing in memory can stand in.</exception>
    internal ValueTask<CachedModel> GetAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        if (routes.TryGetValue((tenant, idOrName), out ModelRoute? route) && route.Found is { } found && IsFresh(found))
        {
            found.Model.Touch(time.GetTimestamp());
            return ValueTask.FromResult(found.Model);
        }

        return new(RefreshAsync(tenant, idOrName, cancellationToken));
    }

    private bool IsFresh(ModelRoute.Lookup found) =>
        found.Generation == signal.Generation && time.GetElapsedTime(found.Timestamp) < options.Freshness;

    private async Task<CachedModel> RefreshAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        ResourceName.Require(idOrName, "model");
        cancellationToken.ThrowIfCancellationRequested();
        ModelRoute route = routes.GetOrAdd((tenant, idOrName), static key => new ModelRoute(key.Item1, key.Item2));
        ModelRoute.Lookup? aged = route.Found is { } last && last.Generation == signal.Generation ? last : null;
        if (!await route.Gate.WaitAsync(aged is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
        {
            return route.Found is { } current ? current.Model : await LookUpAsync(route, cancellationToken);
        }

        return aged is null
            ? await LookUpAndReleaseAsync(route, cancellationToken)
            : await LookUpInTimeAsync(route, aged, cancellationToken);
    }

    private async Task<CachedModel> LookUpInTimeAsync(ModelRoute route, ModelRoute.Lookup aged, CancellationToken cancellationToken)
    {
        // It goes on without this request when that has no more patience.
        Task<CachedModel> lookUp = LookUpAndReleaseAsync(route, CancellationToken.None);
        try
        {
            return await lookUp.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException) when (!lookUp.IsCompleted)
        {
            return (route.Found ?? aged).Model;
        }
    }

    private async Task<CachedModel> LookUpAndReleaseAsync(ModelRoute route, CancellationToken cancellationToken)
    {
        try
        {
            return route.Found is { } found && IsFresh(found) ? found.Model : await LookUpAsync(route, cancellationToken);
        }
        finally
        {
            route.Gate.Release();
        }
    }

    private async Task<CachedModel> LookUpAsync(ModelRoute route, CancellationToken cancellationToken)
    {
        long generation = signal.Generation;
        long timestamp = time.GetTimestamp();
        try
        {
            ModelOverview overview = await registry.GetAsync(route.Tenant, route.IdOrName, cancellationToken);
            if (overview is not { Model.DeployedSequence: not null, Version: { } version })
            {
                throw ServingProblems.NotDeployed(route.IdOrName);
            }

            CachedModel model = await store.GetAsync(route.Tenant, version, cancellationToken);
            model.Touch(timestamp);
            route.Found = new(model, timestamp, generation);
            DropEvicted();
            return model;
        }
        catch (StorageUnavailableException) when (route.Found is { } last && last.Generation == generation)
        {
            // As good as new for a while, so that not every request waits for storage to fail.
            route.Found = last with { Timestamp = time.GetTimestamp() };
            last.Model.Touch(timestamp);
            unconfirmed.Add(last.Model.Version.ModelName, 1);
            return last.Model;
        }
        catch (Exception failure) when (failure is ProblemException || route.Found is null)
        {
            // What led nowhere is not kept, whatever the reason: names come from callers, and there is no end of them.
            routes.TryRemove(KeyValuePair.Create((route.Tenant, route.IdOrName), route));
            throw;
        }
    }

    // A route keeps its model alive, so a model that left the store must leave the routes as well.
    private void DropEvicted()
    {
        foreach ((var key, ModelRoute route) in routes)
        {
            if (routes.Count > MaxRoutes || (route.Found is { } found && !store.Holds(route.Tenant, found.Model)))
            {
                routes.TryRemove(KeyValuePair.Create(key, route));
            }
        }
    }
}
