using System.Security.Cryptography;

namespace Trainyard.Domain.Access;

/// <summary>An API key as it is stored: without its secret.</summary>
public sealed record ApiKey
{
    /// <summary>Its id, which is part of the token and no secret.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant that it acts for.</summary>
    public required string Tenant { get; init; }

    /// <summary>What it is for, in its maker's words.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required Scopes Scopes { get; init; }

    /// <summary>Random bytes that precede the secret in the hash.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>SHA-256 of salt and secret.</summary>
    /// <remarks>A fast hash is enough, and a slow one would cost every request: the secret is 256 random bits, which nobody guesses.</remarks>
    public required byte[] Hash { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: a <see cref="Caller.Id"/>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ceases to work; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether a secret is this key's, in time that does not depend on where it differs.</summary>
    public bool Matches(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKeyToken.HashInto(Salt, secret, hash);
        return CryptographicOperations.FixedTimeEquals(hash, Hash);
    }
}
