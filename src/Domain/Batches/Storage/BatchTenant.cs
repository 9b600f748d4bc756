namespace Trainyard.Domain.Batches.Storage;

/// <summary>A tenant that has had jobs.</summary>
/// <param name="Tenant">The tenant.</param>
internal sealed record BatchTenant(string Tenant);
