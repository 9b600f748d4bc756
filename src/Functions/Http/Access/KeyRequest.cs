using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Access;
using Trainyard.Domain.Json;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http.Access;

/// <summary>Asks for a key.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do: <c>read</c>, <c>predict</c>, <c>train</c>, <c>deploy</c>, <c>admin</c>.</param>
/// <param name="ExpiresAt">When it ceases to work; null for never.</param>
/// <param name="Tenant">The tenant that it acts for; null for the caller's own. Another one is for operators alone.</param>
internal sealed record KeyRequest(
    [property: StringLength(ApiKeys.MaxNameLength, MinimumLength = 1)] string Name,
    [property: Length(1, 6), OneOf(typeof(ScopeNames), nameof(ScopeNames.All))] IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt = null,
    [property: RegularExpression(TenantId.Pattern)] string? Tenant = null);
