using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>A key in memory.</summary>
/// <param name="key">The key.</param>
/// <param name="tenant">Its tenant.</param>
/// <param name="readAt">Time stamp of its reading.</param>
/// <param name="trustedUntil">Time stamp from which on it must be looked at again: it may have been revoked, or has ended.</param>
internal sealed class RememberedKey(ApiKey key, TenantId tenant, long readAt, long trustedUntil)
{
    private byte[]? proof;

    // When its use was last written by this process, in ticks; 0 when it was not. One for all that stand for the same key in turn, since
    // they may for a moment do so at once, and a use is to be written by one of them.
    private StrongBox<long> used = new();

    public ApiKey Key => key;

    public long ReadAt => readAt;

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
        long before = Interlocked.Read(ref used.Value);
        return now.UtcTicks - before >= ApiKeys.UseGranularity.Ticks && Interlocked.CompareExchange(ref used.Value, now.UtcTicks, before) == before;
    }

    /// <summary>Takes over what is known of the use from what it stands in place of; before anybody else sees it.</summary>
    public RememberedKey After(RememberedKey before)
    {
        used = before.used;
        return this;
    }

    private bool IsKnownBy(ReadOnlySpan<byte> secret) => Volatile.Read(ref proof) is { } right && CryptographicOperations.FixedTimeEquals(right, secret);
}
