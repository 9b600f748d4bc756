namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Names one canary; small enough to be the input of every activity.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Id">The canary.</param>
public sealed record CanaryKey(string Tenant, string Model, string Id)
{
    /// <summary>The id of its orchestration. A canary's id is unique among all tenants.</summary>
    public string InstanceId => $"canary-{Id}";
}
