using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Access;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>Recognises the holders of an identity provider's tokens. Thread safe.</summary>
/// <remarks>
/// RFC 7519 and RFC 8725: pinned algorithms, issuer, audience, expiry and subject are required. Our own, as the packages
/// that do it are on the feed only in versions with published vulnerabilities: docs/decisions has a page on it.
/// </remarks>
/// <param name="options">What is accepted.</param>
/// <param name="provider">Whose keys count.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenValidator(TokenOptions options, IdentityProvider provider, TimeProvider time)
{
    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>How long a token that was found good is not looked at again.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    private const int MaxRemembered = 10_000;

    // OpenID Connect Core 1.0, section 2: at most 255 characters.
    private const int MaxSubjectLength = 255;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> remembered = new(StringComparer.Ordinal);

    /// <summary>Who holds a token; null when it is not to be believed.</summary>
    /// <exception cref="Domain.Problems.ProblemException"><c>credentials_expired</c>: everything else about it is right.</exception>
    public async ValueTask<Caller?> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > SignedToken.MaxLength)
        {
            return null;
        }

        // By its hash, so that a dump of memory holds no tokens longer than their requests.
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        DateTimeOffset now = time.GetUtcNow();
        if (remembered.TryGetValue(hash, out (Caller Caller, DateTimeOffset Until) known) && now < known.Until)
        {
            return known.Caller;
        }

        if (!SignedToken.TryParse(text, out SignedToken? token) || !await IsSignedAsync(token, cancellationToken) || Read(token.Claims) is not { } claims)
        {
            return null;
        }

        if (now > claims.Expires + ClockSkew)
        {
            throw AccessProblems.CredentialsExpired(claims.Expires);
        }

        DateTimeOffset until = now + Trusted < claims.Expires ? now + Trusted : claims.Expires;
        if (remembered.Count >= MaxRemembered)
        {
            remembered.Clear();
        }

        remembered[hash] = (claims.Caller, until);
        return claims.Caller;
    }

    private async ValueTask<bool> IsSignedAsync(SignedToken token, CancellationToken cancellationToken) =>
        (await provider.FindAsync(token.KeyId, cancellationToken)).Any(key => key.Verifies(token.Algorithm, token.Signed, token.Signature));

    private (Caller Caller, DateTimeOffset Expires)? Read(JsonElement claims)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isForUs = SignedToken.Text(claims, "iss") == options.Issuer.OriginalString && Names(claims, "aud").Contains(options.Audience, StringComparer.Ordinal);
        if (!isForUs || Moment(claims, "exp") is not { } expires || (claims.TryGetProperty("nbf", out _) && !(Moment(claims, "nbf") <= now + ClockSkew)))
        {
            return null;
        }

        string? subject = SignedToken.Text(claims, "sub");
        return subject is { Length: > 0 and <= MaxSubjectLength } && !subject.Any(char.IsControl) && TenantId.TryParse(SignedToken.Text(claims, options.TenantClaim)?.ToLowerInvariant(), out TenantId? tenant)
            ? (new Caller(CallerKind.Token, tenant, $"token:{subject}", ScopesOf(claims)), expires)
            : null;
    }

    private Scopes ScopesOf(JsonElement claims) => Names(claims, options.RolesClaim)
        .Where(role => role.StartsWith(options.RolePrefix, StringComparison.OrdinalIgnoreCase))
        .Aggregate(Scopes.None, (given, role) => ScopeNames.TryParse(role[options.RolePrefix.Length..].ToLowerInvariant(), out Scopes scope) ? given | scope : given);

    // A claim that is one text or several (RFC 7519, section 4.1.3).
    private static IEnumerable<string> Names(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out JsonElement value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)
        : [];

    private static DateTimeOffset? Moment(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds)
            && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
