using System.Text.Json.Serialization;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Plans;

/// <summary>Names one plan; small enough to be the input of every activity.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Id">The plan, unique among all tenants.</param>
public sealed record TrafficPlanKey(string Tenant, string Model, string Id)
{
    /// <summary>The tenant.</summary>
    /// <exception cref="InvalidDataException">The key names none.</exception>
    [JsonIgnore]
    internal TenantId Owner => TenantId.TryParse(Tenant, out TenantId? tenant) ? tenant : throw new InvalidDataException($"Plan {Id} is of no tenant.");
}
