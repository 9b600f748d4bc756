using Trainyard.Domain.Alerts;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>What is deployed of each model, ready to predict. Thread safe.</summary>
/// <remarks>
/// Freshness: a deployment made by this process is seen by the next request; one made by another process within
/// <see cref="ServingOptions.Freshness"/>. When a look-up is that old, one request looks again while the others go on
/// with what they have. A new version is loaded before it replaces the old one, so a swap delays nobody but that request,
/// and that by no more than <see cref="Patience"/>: then it too goes on with the old. While storage fails, requests go on
/// with what was last looked up, however old, unless this process knows better: after a deployment of its own it rather
/// refuses than predicts with what may be yesterday's model.
/// A look-up reads the model's head, and of versions only those that are not loaded; what it finds is taken whole, so that
/// no request meets one half of a change. A version whose file is gone or damaged is stood in for by the plan's fallback, or by
/// what was in production before.
/// </remarks>
public sealed class ModelCache : IDisposable
{
    /// <summary>How long a request waits for a look-up when memory could answer; storage that works takes milliseconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly RouteTable routes = new();
    private readonly ModelStore store;
    private readonly PlanReader reader;
    private readonly DeploymentSignal signal;
    private readonly TimeProvider time;
    private readonly ServingOptions options;
    private readonly Counter unconfirmed;

    /// <summary>An empty cache.</summary>
    /// <param name="registry">Knows what is deployed.</param>
    /// <param name="artifacts">The files of versions.</param>
    /// <param name="alerts">Told of versions that others stand in for.</param>
    /// <param name="signal">Tells of deployments by this process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">Its bounds.</param>
    /// <param name="metrics">Counts loads, and look-ups that failed.</param>
    public ModelCache(
        ModelRegistry registry,
        ModelArtifacts artifacts,
        AlertLog alerts,
        DeploymentSignal signal,
        TimeProvider time,
        ServingOptions options,
        MetricsRegistry metrics)
    {
        (this.signal, this.time, this.options) = (signal, time, options);
        store = new ModelStore(artifacts, time, options, metrics);
        reader = new PlanReader(registry, store, new FallbackAlarm(alerts, time));
        unconfirmed = metrics.Counter(
            "ml_model_lookups_failed_total", "Look-ups of a deployed model that storage did not answer and memory did, by model.", "model");
    }

    /// <summary>Models in memory.</summary>
    public int Count => store.Count;

    /// <summary>Bytes of memory that they take.</summary>
    public long Bytes => store.Bytes;

    /// <summary>Model versions read into memory so far.</summary>
    internal long Loads => store.Loads;

    /// <summary>Ids and names that are kept.</summary>
    internal int RouteCount => routes.Count;

    /// <summary>What answers a model's requests.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="version">The label of a version, deployed or not; null for what is deployed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_not_deployed</c>, <c>model_corrupt</c>, <c>model_too_large</c>; of a version
    /// <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>model_file_elsewhere</c>.
    /// </exception>
    /// <exception cref="StorageUnavailableException">Storage fails, and nothing in memory can stand in.</exception>
    internal ValueTask<ServingPlan> GetAsync(TenantId tenant, string idOrName, string? version, CancellationToken cancellationToken)
    {
        RouteKey key = new(tenant, idOrName, version);
        if (routes.TryGet(key, out ModelRoute? route) && route.Found is { } found && IsFresh(found))
        {
            found.Plan.Touch(time.GetTimestamp());
            return ValueTask.FromResult(found.Plan);
        }

        return new(RefreshAsync(key, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private bool IsFresh(ModelRoute.Lookup found) =>
        found.Generation == signal.Generation && time.GetElapsedTime(found.Timestamp) < options.Freshness;

    private async Task<ServingPlan> RefreshAsync(RouteKey key, CancellationToken cancellationToken)
    {
        ResourceName.Require(key.IdOrName, "model");
        cancellationToken.ThrowIfCancellationRequested();
        ModelRoute route = routes.GetOrAdd(key);
        ModelRoute.Lookup? aged = route.Found is { } last && last.Generation == signal.Generation ? last : null;
        if (!await route.Gate.WaitAsync(aged is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
        {
            return route.Found is { } current ? current.Plan : await LookUpAsync(route, cancellationToken);
        }

        return aged is null
            ? await LookUpAndReleaseAsync(route, cancellationToken)
            : await LookUpInTimeAsync(route, aged, cancellationToken);
    }

    private async Task<ServingPlan> LookUpInTimeAsync(ModelRoute route, ModelRoute.Lookup aged, CancellationToken cancellationToken)
    {
        // It goes on without this request when that has no more patience.
        Task<ServingPlan> lookUp = LookUpAndReleaseAsync(route, CancellationToken.None);
        try
        {
            return await lookUp.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException) when (!lookUp.IsCompleted)
        {
            return (route.Found ?? aged).Plan;
        }
    }

    private async Task<ServingPlan> LookUpAndReleaseAsync(ModelRoute route, CancellationToken cancellationToken)
    {
        try
        {
            return route.Found is { } found && IsFresh(found) ? found.Plan : await LookUpAsync(route, cancellationToken);
        }
        finally
        {
            route.Gate.Release();
        }
    }

    private async Task<ServingPlan> LookUpAsync(ModelRoute route, CancellationToken cancellationToken)
    {
        long generation = signal.Generation;
        long timestamp = time.GetTimestamp();
        try
        {
            ServingPlan plan = await reader.ReadAsync(route.Key, route.Found?.Plan, cancellationToken);
            plan.Touch(timestamp);
            route.Keep(new(plan, timestamp, generation));
            return plan;
        }
        catch (StorageUnavailableException) when (route.Found is { } last && last.Generation == generation)
        {
            // As good as new for a while, so that not every request waits for storage to fail.
            route.Keep(last with { Timestamp = time.GetTimestamp() });
            last.Plan.Touch(timestamp);
            unconfirmed.Add(last.Plan.Primary.Model.Version.ModelName, 1);
            return last.Plan;
        }
        catch (Exception failure) when (failure is ProblemException || route.Found is null)
        {
            // What led nowhere is not kept, whatever the reason: names come from callers, and there is no end of them.
            routes.Remove(route);
            throw;
        }
    }
}
