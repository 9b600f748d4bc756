using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>Fetches and keeps the provider's keys. Thread safe; one request fetches while others wait for it.</summary>
/// <remarks>
/// Providers rotate keys: a token signed by a key that is not known makes the keys be fetched again, at most once in
/// <see cref="RefetchAfter"/>, as anybody can send tokens with ids that nobody has. While the provider does not answer, the
/// keys that are there go on to count for <see cref="Lifetime"/>.
/// </remarks>
/// <param name="options">Where it is.</param>
/// <param name="http">Sends requests; bounded in size and time by whoever made it.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of what cannot be fetched.</param>
internal sealed partial class IdentityProvider(TokenOptions options, HttpClient http, TimeProvider time, ILogger<IdentityProvider> log) : IDisposable
{
    /// <summary>How old keys may become before they are fetched again.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(1);

    /// <summary>How long keys count while they cannot be fetched again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Between two fetches at least.</summary>
    public static readonly TimeSpan RefetchAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(1);
    private IReadOnlyList<SigningKey> keys = [];
    private long fetchedAt;
    private long triedAt;
    private bool everTried;

    /// <summary>The keys that a token with this key id may be signed by: those of that id, or all where it names none. Empty when there are none.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        IReadOnlyList<SigningKey> found = Match(keyId);
        if (found.Count > 0 && Age(Interlocked.Read(ref fetchedAt)) < RefreshAfter)
        {
            return found;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            found = Match(keyId);
            bool isStale = found.Count == 0 || Age(fetchedAt) >= RefreshAfter;
            if (isStale && (!everTried || Age(triedAt) >= RefetchAfter))
            {
                await FetchAsync(cancellationToken);
            }
        }
        finally
        {
            gate.Release();
        }

        return Match(keyId);
    }

    public void Dispose() => gate.Dispose();

    private TimeSpan Age(long timestamp) => time.GetElapsedTime(timestamp);

    private IReadOnlyList<SigningKey> Match(string? keyId)
    {
        IReadOnlyList<SigningKey> known = Volatile.Read(ref keys);
        return known.Count == 0 || Age(Interlocked.Read(ref fetchedAt)) >= Lifetime ? [] : [.. known.Where(key => keyId is null || key.Id == keyId)];
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        everTried = true;
        triedAt = time.GetTimestamp();
        try
        {
            Uri discovery = new(options.Issuer.ToString().TrimEnd('/') + "/.well-known/openid-configuration");
            using JsonDocument configuration = JsonDocument.Parse(await http.GetByteArrayAsync(discovery, cancellationToken));
            IReadOnlyList<SigningKey> fetched = KeySet.Parse(await http.GetByteArrayAsync(KeysOf(configuration.RootElement), cancellationToken));
            Volatile.Write(ref keys, fetched);
            Interlocked.Exchange(ref fetchedAt, time.GetTimestamp());
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(failure, options.Issuer);
        }
    }

    // OpenID Connect Discovery 1.0, section 4.3: the document must name the issuer that it was asked of.
    private Uri KeysOf(JsonElement configuration)
    {
        string? issuer = configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty("issuer", out JsonElement named) ? named.GetString() : null;
        return issuer == options.Issuer.OriginalString
            && configuration.TryGetProperty("jwks_uri", out JsonElement address)
            && Uri.TryCreate(address.GetString(), UriKind.Absolute, out Uri? keysAt)
            && (keysAt.Scheme == Uri.UriSchemeHttps || keysAt.IsLoopback)
            ? keysAt
            : throw new JsonException("The provider's configuration names another issuer, or no https address of its keys.");
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "The keys of the identity provider {Issuer} cannot be fetched; tokens are checked by those that are known, if any")]
    private partial void LogUnreachable(Exception failure, Uri issuer);
}
