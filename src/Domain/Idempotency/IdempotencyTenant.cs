namespace Trainyard.Domain.Idempotency;

/// <summary>That a tenant has sent a key, so that a sweep finds what is recorded of it.</summary>
/// <param name="Tenant">The tenant.</param>
internal sealed record IdempotencyTenant(string Tenant);
