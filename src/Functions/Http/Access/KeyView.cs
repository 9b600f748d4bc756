using Trainyard.Domain.Access;

namespace Trainyard.Functions.Http.Access;

/// <summary>A key as its tenant's administrators see it.</summary>
internal sealed record KeyView(
    string Id,
    string Name,
    string Tenant,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static KeyView Of(KeyStatus status) => Of(status.Key, status.LastUsedAt);

    public static KeyView Of(ApiKey key, DateTimeOffset? lastUsedAt) => new(
        key.Id, key.Name, key.Tenant, ScopeNames.Of(key.Scopes), key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.RevokedAt, lastUsedAt);
}
