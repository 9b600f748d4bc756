using System.Collections.Concurrent;
using System.Security.Cryptography;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>Makes, lists, revokes and recognises API keys. Thread safe.</summary>
/// <remarks>
/// A key that was read is trusted for <see cref="Freshness"/>, so that recognising it costs a request no storage call; one
/// that is revoked by this process stops at once, one that another process revoked within that time.
/// </remarks>
/// <param name="documents">Where keys are stored.</param>
/// <param name="time">The clock.</param>
public sealed class ApiKeys(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Characters of a key's name at most.</summary>
    public const int MaxNameLength = 128;

    /// <summary>How long another process's revocation may go unnoticed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>How exactly the last use of a key is told: one write per key in this time.</summary>
    public static readonly TimeSpan UseGranularity = TimeSpan.FromMinutes(10);

    // There are seldom more keys in use; past it, all are looked up again.
    private const int MaxRemembered = 10_000;

    // By what a token has of its key, so that a token finds it without being copied.
    private readonly ConcurrentDictionary<string, RememberedKey> remembered = new(StringComparer.Ordinal);
    private volatile bool markerSeen;
    private long markerLookedFor = long.MinValue;

    /// <summary>Makes a key.</summary>
    /// <param name="maker">Who asks; nobody gives a scope that he does not have.</param>
    /// <param name="tenant">The tenant that the key acts for.</param>
    /// <param name="keyId">Its id: a new one, or that of an interrupted request, which is then told that the key is there.</param>
    /// <param name="draft">What is asked of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>text_invalid</c>, <c>scopes_invalid</c>, <c>scope_not_yours</c>, <c>expiry_invalid</c>, <c>first_key_not_admin</c>, <c>key_exists</c>.</exception>
    public async Task<IssuedKey> CreateAsync(Caller maker, TenantId tenant, string keyId, ApiKeyDraft draft, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Scopes scopes = Check(maker, draft, now);
        ApiKeyToken token = ApiKeyToken.Create(tenant, keyId);
        byte[] salt = RandomNumberGenerator.GetBytes(ApiKeyToken.SaltBytes);
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        ApiKeyToken.HashInto(salt, token.Secret, hash);
        ApiKey key = new()
        {
            Id = keyId, Tenant = tenant.Value, Name = draft.Name.Trim(), Scopes = scopes, Salt = salt, Hash = hash,
            CreatedAt = now, CreatedBy = maker.Id, ExpiresAt = draft.ExpiresAt?.ToUniversalTime(),
        };

        // The marker first: a crash in between leaves an installation that asks for keys and has one too few, which the
        // operator's key mends, but never one with a key that stands open.
        await MarkAsync(now, cancellationToken);
        try
        {
            await documents.WriteAsync(
                AccessKeys.Collection, AccessKeys.Partition(tenant), JsonDocuments.Insert(AccessKeys.Key(keyId), key, AccessJson.Default.ApiKey), cancellationToken);
        }
        catch (DocumentStoreException exists) when (exists.Code == DocumentStoreCode.DocumentExists)
        {
            throw new ProblemException(AccessProblems.KeyExists(keyId).Problem, exists);
        }

        return new IssuedKey(key, token);
    }

    /// <summary>A page of a tenant's keys, revoked and expired ones included.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<KeyStatus>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<ApiKey> keys = await documents.ReadPageAsync(AccessKeys.AllKeys(tenant), page, AccessJson.Default.ApiKey, cancellationToken);
        KeyStatus[] items = await Task.WhenAll(keys.Items.Select(key => StatusAsync(tenant, key, cancellationToken)));
        return new ResultPage<KeyStatus>(items, keys.Continuation);
    }

    /// <summary>One key.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>key_not_found</c>.</exception>
    public async Task<KeyStatus> GetAsync(TenantId tenant, string keyId, CancellationToken cancellationToken) =>
        await StatusAsync(tenant, (await RequireAsync(tenant, keyId, cancellationToken)).Value, cancellationToken);

    /// <summary>Ends a key for good; one that is revoked stays as it is. Its record stays for the audit log.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>key_not_found</c>, <c>write_contention</c>.</exception>
    public async Task<ApiKey> RevokeAsync(TenantId tenant, string keyId, CancellationToken cancellationToken)
    {
        ApiKey revoked = await Contention.RetryAsync(token => RevokeOnceAsync(tenant, keyId, token), cancellationToken);
        Keep(new RememberedKey(revoked, tenant, time.GetTimestamp(), trustedUntil: long.MinValue));
        return revoked;
    }

    /// <summary>Who sends a token whose key is in memory and was proven before: most requests, which then wait for nothing and leave nothing behind.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="now">The time stamp.</param>
    /// <returns>Null when that is not known here and now: <see cref="RecogniseAsync"/> knows.</returns>
    public Caller? RecogniseKnown(ReadOnlySpan<char> text, long now)
    {
        Span<byte> secret = stackalloc byte[ApiKeyToken.SecretBytes];
        Caller? caller = ApiKeyToken.TryRead(text, out ReadOnlySpan<char> handle, secret)
            && remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(handle, out RememberedKey? known)
            && known.IsTrustedWith(secret, now)
                ? known.Caller
                : null;
        CryptographicOperations.ZeroMemory(secret);
        return caller;
    }

    /// <summary>Who sends a token.</summary>
    /// <returns>Null when it is no key's token, or its key is revoked.</returns>
    /// <exception cref="ProblemException"><c>credentials_expired</c>.</exception>
    public async ValueTask<Caller?> RecogniseAsync(ApiKeyToken token, CancellationToken cancellationToken)
    {
        if (!remembered.TryGetValue(ApiKeyToken.HandleOf(token.Tenant, token.KeyId), out RememberedKey? known) || time.GetElapsedTime(known.ReadAt) >= Freshness)
        {
            known = await RememberAsync(token, cancellationToken);
        }

        if (known is null || !known.IsProvenBy(token.Secret) || known.Key.RevokedAt is not null)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (known.Key.ExpiresAt is { } end && end <= now)
        {
            throw AccessProblems.CredentialsExpired(end);
        }

        if (known.IsUseDue(now))
        {
            DocumentWrite write = JsonDocuments.Upsert(AccessKeys.Use(token.KeyId), new KeyUse(now), AccessJson.Default.KeyUse);
            await documents.WriteAsync(AccessKeys.Collection, AccessKeys.Partition(token.Tenant), write, cancellationToken);
        }

        return known.Caller;
    }

    /// <summary>Whether a key was ever made here. Once true it stays so.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken)
    {
        if (!markerSeen && (markerLookedFor == long.MinValue || time.GetElapsedTime(Interlocked.Read(ref markerLookedFor)) >= Freshness))
        {
            long now = time.GetTimestamp();
            markerSeen = await documents.GetAsync(AccessKeys.Collection, AccessKeys.InstallationPartition, AccessKeys.Marker, cancellationToken) is not null;
            Interlocked.Exchange(ref markerLookedFor, now);
        }

        return markerSeen;
    }

    private static Scopes Check(Caller maker, ApiKeyDraft draft, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > MaxNameLength || draft.Name.Any(char.IsControl))
        {
            throw AccessProblems.NameInvalid(MaxNameLength);
        }

        Scopes scopes = Scopes.None;
        foreach (string word in draft.Scopes)
        {
            if (!ScopeNames.TryParse(word, out Scopes scope) || scopes.HasFlag(scope))
            {
                throw AccessProblems.ScopesInvalid();
            }

            scopes |= scope;
        }

        if (scopes == Scopes.None)
        {
            throw AccessProblems.ScopesInvalid();
        }

        if (!maker.May(scopes))
        {
            throw AccessProblems.ScopeNotYours(scopes);
        }

        if (maker.Kind == CallerKind.Local && !scopes.Hold(Scopes.Admin))
        {
            throw AccessProblems.FirstKeyNotAdmin();
        }

        return draft.ExpiresAt is { } end && end <= now ? throw AccessProblems.ExpiryInvalid() : scopes;
    }

    private async Task MarkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!markerSeen)
        {
            DocumentWrite write = JsonDocuments.Upsert(AccessKeys.Marker, new KeyMarker(now), AccessJson.Default.KeyMarker);
            await documents.WriteAsync(AccessKeys.Collection, AccessKeys.InstallationPartition, write, cancellationToken);
            markerSeen = true;
        }
    }

    private async Task<ApiKey> RevokeOnceAsync(TenantId tenant, string keyId, CancellationToken cancellationToken)
    {
        Stored<ApiKey> stored = await RequireAsync(tenant, keyId, cancellationToken);
        if (stored.Value.RevokedAt is not null)
        {
            return stored.Value;
        }

        ApiKey revoked = stored.Value with { RevokedAt = time.GetUtcNow() };
        DocumentWrite write = JsonDocuments.Replace(AccessKeys.Key(keyId), revoked, stored.ETag, AccessJson.Default.ApiKey);
        await documents.WriteAsync(AccessKeys.Collection, AccessKeys.Partition(tenant), write, cancellationToken);
        return revoked;
    }

    private async Task<RememberedKey?> RememberAsync(ApiKeyToken token, CancellationToken cancellationToken)
    {
        long readAt = time.GetTimestamp();
        string handle = ApiKeyToken.HandleOf(token.Tenant, token.KeyId);
        if (await ReadAsync(token.Tenant, token.KeyId, cancellationToken) is not { } stored)
        {
            // Nothing is kept of ids that lead nowhere: they come from callers, and there is no end of them.
            remembered.TryRemove(handle, out _);
            return null;
        }

        return Keep(new RememberedKey(stored.Value, token.Tenant, readAt, TrustedUntil(stored.Value, readAt)));
    }

    private long TrustedUntil(ApiKey key, long readAt)
    {
        TimeSpan lasts = key.ExpiresAt is { } end && end - time.GetUtcNow() is var left && left < Freshness ? left : Freshness;
        return readAt + (long)(lasts.TotalSeconds * time.TimestampFrequency);
    }

    // A key that this process has revoked stays so: who read it before may come to keep it only now.
    private RememberedKey Keep(RememberedKey fresh)
    {
        if (remembered.Count >= MaxRemembered)
        {
            remembered.Clear();
        }

        string handle = ApiKeyToken.HandleOf(fresh.Caller.Tenant, fresh.Key.Id);
        return remembered.AddOrUpdate(
            handle, static (_, added) => added, static (_, there, added) => there.Key.RevokedAt is not null && added.Key.RevokedAt is null ? there : added.After(there), fresh);
    }

    private async Task<KeyStatus> StatusAsync(TenantId tenant, ApiKey key, CancellationToken cancellationToken)
    {
        Stored<KeyUse>? use = await documents.ReadAsync(
            AccessKeys.Collection, AccessKeys.Partition(tenant), AccessKeys.Use(key.Id), AccessJson.Default.KeyUse, cancellationToken);
        return new KeyStatus(key, use?.Value.LastUsedAt);
    }

    private async Task<Stored<ApiKey>> RequireAsync(TenantId tenant, string keyId, CancellationToken cancellationToken)
    {
        ResourceName.Require(keyId, "key_id");
        return await ReadAsync(tenant, keyId, cancellationToken) ?? throw AccessProblems.KeyNotFound(keyId);
    }

    private Task<Stored<ApiKey>?> ReadAsync(TenantId tenant, string keyId, CancellationToken cancellationToken) =>
        documents.ReadAsync(AccessKeys.Collection, AccessKeys.Partition(tenant), AccessKeys.Key(keyId), AccessJson.Default.ApiKey, cancellationToken);
}
