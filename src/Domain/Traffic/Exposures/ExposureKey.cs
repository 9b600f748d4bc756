using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Exposures;

/// <summary>What units are exposed to.</summary>
/// <param name="Tenant">Whose model.</param>
/// <param name="Model">Its name.</param>
/// <param name="Deployment">The number of the deployment that divides its traffic.</param>
internal readonly record struct ExposureKey(TenantId Tenant, string Model, int Deployment);
