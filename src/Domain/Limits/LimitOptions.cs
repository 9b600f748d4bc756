namespace Trainyard.Domain.Limits;

/// <summary>How often callers may ask. Each host counts for itself: with n instances up to n times as much gets through.</summary>
public sealed record LimitOptions
{
    /// <summary>A tenant may do so many times what one of its keys may, by default.</summary>
    public const int DefaultTenantFactor = 4;

    /// <summary>Of one key or token, by what is asked. The defaults keep one caller from starving the rest of a small host, and are far above what a person does.</summary>
    public IReadOnlyDictionary<LimitClass, RateLimit> PerCaller { get; init; } = new Dictionary<LimitClass, RateLimit>
    {
        [LimitClass.Read] = new(100, 200),
        [LimitClass.Predict] = new(2_000, 4_000),
        [LimitClass.Write] = new(20, 100),
        [LimitClass.Upload] = new(2, 20),
    };

    /// <summary>How much more a tenant may do with all its keys together; at least 1.</summary>
    public int TenantFactor { get; init; } = DefaultTenantFactor;

    /// <summary>Failed attempts to be recognised, of all callers together: guessing keys must not keep storage busy.</summary>
    public RateLimit FailedAttempts { get; init; } = new(20, 200);
}
