namespace Trainyard.Functions.Http.Access;

/// <summary>Asks for a key.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do: <c>read</c>, <c>predict</c>, <c>train</c>, <c>deploy</c>, <c>admin</c>.</param>
/// <param name="ExpiresAt">When it ceases to work; null for never.</param>
/// <param name="Tenant">The tenant that it acts for; null for the caller's own. Another one is for operators alone.</param>
internal sealed record KeyRequest(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, string? Tenant = null);
