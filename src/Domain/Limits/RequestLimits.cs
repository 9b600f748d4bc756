using System.Collections.Concurrent;
using Trainyard.Domain.Access;

namespace Trainyard.Domain.Limits;

/// <summary>Counts what callers and tenants ask of this host. Thread safe; counting does not lock.</summary>
/// <param name="options">How often is allowed.</param>
/// <param name="time">The clock.</param>
public sealed class RequestLimits(LimitOptions options, TimeProvider time)
{
    // No caller's id is empty.
    private const string WholeTenant = "";

    /// <summary>Buckets kept at most before those that nobody draws on are dropped.</summary>
    internal const int MaxBuckets = 50_000;

    private readonly ConcurrentDictionary<(string Tenant, string Caller, LimitClass Class), RateBucket> buckets = new();
    private readonly RateBucket failedAttempts = new(options.FailedAttempts, time.TimestampFrequency);

    /// <summary>Buckets in memory.</summary>
    internal int Count => buckets.Count;

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

        RateLimit own = options.PerCaller[limitClass];
        LimitDecision decision = Find((caller.Tenant.Value, caller.Id, limitClass), own, now).Take(now);
        if (!decision.IsAllowed)
        {
            return decision;
        }

        LimitDecision shared = Find((caller.Tenant.Value, WholeTenant, limitClass), own, now).Take(now);
        return shared.IsAllowed && shared.Remaining >= decision.Remaining ? decision : shared;
    }

    /// <summary>Counts a request whose sender is not recognised; it takes nothing from those who are.</summary>
    public LimitDecision AdmitFailedAttempt() => failedAttempts.Take(time.GetTimestamp());

    private RateBucket Find((string Tenant, string Caller, LimitClass Class) place, RateLimit limit, long now)
    {
        if (buckets.TryGetValue(place, out RateBucket? bucket))
        {
            return bucket;
        }

        if (buckets.Count >= MaxBuckets)
        {
            DropFull(now);
        }

        RateLimit actual = place.Caller == WholeTenant ? new(limit.PerSecond * options.TenantFactor, limit.Burst * options.TenantFactor) : limit;
        return buckets.GetOrAdd(place, _ => new RateBucket(actual, time.TimestampFrequency));
    }

    private void DropFull(long now)
    {
        foreach (KeyValuePair<(string, string, LimitClass), RateBucket> each in buckets.Where(each => each.Value.IsFull(now)))
        {
            buckets.TryRemove(each);
        }
    }
}
