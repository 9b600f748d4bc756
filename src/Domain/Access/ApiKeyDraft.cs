namespace Trainyard.Domain.Access;

/// <summary>What is asked of a new key.</summary>
/// <param name="Name">What it is for: 1 to 128 characters, none of them a control character.</param>
/// <param name="Scopes">Words of <see cref="ScopeNames"/>; at least one.</param>
/// <param name="ExpiresAt">When it ceases to work; null for never.</param>
public sealed record ApiKeyDraft(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
