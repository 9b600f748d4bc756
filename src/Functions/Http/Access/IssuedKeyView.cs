using Trainyard.Domain.Access;

namespace Trainyard.Functions.Http.Access;

/// <summary>A new key with its token, which is shown this once.</summary>
internal sealed record IssuedKeyView(string Id, string Token, string Name, string Tenant, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static IssuedKeyView Of(IssuedKey issued) => new(
        issued.Key.Id, issued.Token.Reveal(), issued.Key.Name, issued.Key.Tenant, ScopeNames.Of(issued.Key.Scopes), issued.Key.CreatedAt, issued.Key.ExpiresAt);
}
