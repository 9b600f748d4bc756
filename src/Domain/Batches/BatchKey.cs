using System.Text.Json.Serialization;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches;

/// <summary>Names one prediction job; small enough to be the input of every activity.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="JobId">The job.</param>
public sealed record BatchKey(string Tenant, string JobId)
{
    /// <summary>The id of the job's orchestration. Job ids are unique over all tenants.</summary>
    [JsonIgnore]
    public string InstanceId => $"batch-{JobId}";

    /// <summary>The tenant.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    internal TenantId TenantId => TenantId.TryParse(Tenant, out TenantId? tenant) ? tenant : throw new InvalidOperationException($"'{Tenant}' is no tenant.");
}
