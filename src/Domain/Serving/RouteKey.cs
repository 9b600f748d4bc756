using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>What a request names.</summary>
/// <param name="Tenant">Whose model.</param>
/// <param name="IdOrName">The model.</param>
/// <param name="Version">The label of a version; null for what is deployed.</param>
internal readonly record struct RouteKey(TenantId Tenant, string IdOrName, string? Version);
