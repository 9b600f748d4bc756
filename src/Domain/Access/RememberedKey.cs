using System.Security.Cryptography;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>A key in memory.</summary>
/// <param name="key">The key.</param>
/// <param name="tenant">Its tenant.</param>
/// <param name="readAt">Time stamp of its reading.</param>
/// <param name="trustedUntil">Time stamp from which on it must be looked at again: it may have been revoked, or has ended.</param>
/// <param name="usedAt">When its use was last written by this process; the beginning of time when it was not.</param>
internal sealed class RememberedKey(ApiKey key, TenantId tenant, long readAt, long trustedUntil, DateTimeOffset usedAt)
{
    private byte[]? proof;
    private long usedTicks = usedAt.UtcTicks;

    public ApiKey Key => key;

    public long ReadAt => readAt;

    public DateTimeOffset UsedAt => new(Interlocked.Read(ref usedTicks), TimeSpan.Zero);

    public Caller Caller { get; } = new(CallerKind.Key, tenant, key.Id, key.Scopes);

    /// <summary>Whether a secret is this key's, in time that does not depend on where it differs.</summary>
    /// <remarks>
    /// The secret that was found right is kept for as long as the key is trusted, seconds, so that it is hashed once and not
    /// with every request. Whoever can read this process's memory finds it among its requests anyway.
    /// </remarks>
    public bool IsProvenBy(ReadOnlySpan<byte> secret)
    {
        if (IsKnownBy(secret))
        {
            return true;
        }

        if (!key.Matches(secret))
        {
            return false;
        }

        Volatile.Write(ref proof, [.. secret]);
        return true;
    }

    /// <summary>Whether nothing has to be looked at before whoever sends a secret is let in.</summary>
    public bool IsTrustedWith(ReadOnlySpan<byte> secret, long now) => now < trustedUntil && key.RevokedAt is null && IsKnownBy(secret);

    /// <summary>Whether a use is worth a write; true for one caller of many at once.</summary>
    public bool IsUseDue(DateTimeOffset now)
    {
        long before = Interlocked.Read(ref usedTicks);
        return now.UtcTicks - before >= ApiKeys.UseGranularity.Ticks && Interlocked.CompareExchange(ref usedTicks, now.UtcTicks, before) == before;
    }

    private bool IsKnownBy(ReadOnlySpan<byte> secret) => Volatile.Read(ref proof) is { } right && CryptographicOperations.FixedTimeEquals(right, secret);
}
