using System.Collections.Concurrent;
using Trainyard.Domain.Access;

namespace Trainyard.Domain.Limits;

/// <summary>Counts what callers and tenants ask of this host. Thread safe; counting does not lock.</summary>
/// <param name="options">How often is allowed.</param>
/// <param name="time">The clock.</param>
public sealed class RequestLimits(LimitOptions options, TimeProvider time)
{
    /// <summary>Buckets kept at most before those that nobody draws on are dropped.</summary>
    internal const int MaxBuckets = 50_000;

    private readonly ConcurrentDictionary<(string Tenant, string Caller, LimitClass Class), CallerBuckets> callers = new();
    private readonly ConcurrentDictionary<(string Tenant, LimitClass Class), RateBucket> tenants = new();
    private readonly RateBucket failedAttempts = new(options.FailedAttempts, time.TimestampFrequency);

    /// <summary>Buckets in memory.</summary>
    internal int Count => callers.Count + tenants.Count;

    /// <summary>Counts a request.</summary>
    /// <returns>Null for callers without a limit: those at this machine, and of public endpoints, which cost nothing.</returns>
    public LimitDecision? Admit(Caller caller, LimitClass limitClass) => Admit(caller, limitClass, time.GetTimestamp());

    /// <summary>As <see cref="Admit(Caller, LimitClass)"/>, by a clock that was read already.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="limitClass">What the request counts as.</param>
    /// <param name="now">The time stamp.</param>
    public LimitDecision? Admit(Caller caller, LimitClass limitClass, long now)
    {
        if (caller.Kind is CallerKind.Local or CallerKind.Anonymous)
        {
            return null;
        }

        (string, string, LimitClass) place = (caller.Tenant.Value, caller.Id, limitClass);
        CallerBuckets buckets;
        LimitDecision? taken;
        while ((taken = (buckets = Find(place, now)).Own.Take(now)) is null)
        {
            callers.TryRemove(new(place, buckets));
        }

        LimitDecision decision = taken.Value;
        if (!decision.IsAllowed)
        {
            return decision;
        }

        LimitDecision? ofTenant;
        while ((ofTenant = buckets.Shared.Take(now)) is null)
        {
            tenants.TryRemove(new((caller.Tenant.Value, limitClass), buckets.Shared));
            buckets = callers[place] = buckets with { Shared = FindShared(caller.Tenant.Value, limitClass) };
        }

        LimitDecision shared = ofTenant.Value;
        return shared.IsAllowed && shared.Remaining >= decision.Remaining ? decision : shared;
    }

    /// <summary>Counts a request whose sender is not recognised; it takes nothing from those who are.</summary>
    public LimitDecision AdmitFailedAttempt() => failedAttempts.Take(time.GetTimestamp())!.Value;

    private CallerBuckets Find((string Tenant, string Caller, LimitClass Class) place, long now)
    {
        if (callers.TryGetValue(place, out CallerBuckets? found))
        {
            return found;
        }

        if (Count >= MaxBuckets)
        {
            DropFull(now);
        }

        RateLimit own = options.PerCaller[place.Class];
        return callers.GetOrAdd(place, _ => new CallerBuckets(new RateBucket(own, time.TimestampFrequency), FindShared(place.Tenant, place.Class)));
    }

    private RateBucket FindShared(string tenant, LimitClass limitClass)
    {
        RateLimit own = options.PerCaller[limitClass];
        return tenants.GetOrAdd((tenant, limitClass), _ => new RateBucket(new(own.PerSecond * options.TenantFactor, own.Burst * options.TenantFactor), time.TimestampFrequency));
    }

    // A tenant's is retired before it goes, so that callers that hold it do not go on beside the one that comes after.
    private void DropFull(long now)
    {
        foreach (KeyValuePair<(string, string, LimitClass), CallerBuckets> each in callers.Where(each => each.Value.Own.TryRetire(now)))
        {
            callers.TryRemove(each);
        }

        foreach (KeyValuePair<(string, LimitClass), RateBucket> each in tenants.Where(each => each.Value.TryRetire(now)))
        {
            tenants.TryRemove(each);
        }
    }

    /// <summary>What a request draws on: its sender's own bucket and that of the tenant, found by one look-up.</summary>
    private sealed record CallerBuckets(RateBucket Own, RateBucket Shared);
}
