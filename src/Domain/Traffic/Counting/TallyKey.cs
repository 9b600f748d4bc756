using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>What is counted together.</summary>
/// <param name="Tenant">Whose model.</param>
/// <param name="Model">Its name.</param>
/// <param name="Deployment">The number of the deployment.</param>
/// <param name="Sequence">The version.</param>
/// <param name="IsShadow">Whether it only sees requests.</param>
internal readonly record struct TallyKey(TenantId Tenant, string Model, int Deployment, int Sequence, bool IsShadow);
