using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>Whom a prediction request is for.</summary>
/// <param name="Tenant">Whose model.</param>
/// <param name="Model">Its id or name.</param>
/// <param name="CallerKey">Who asks, as far as splits of traffic go: the same key stays with the same version. Null for anybody.</param>
/// <param name="Version">The label of the version that must answer, deployed or not; null for what is deployed.</param>
/// <param name="CorrelationId">What finds everything that the request caused; null when nobody follows it.</param>
public readonly record struct ModelCall(TenantId Tenant, string Model, string? CallerKey = null, string? Version = null, string? CorrelationId = null);
