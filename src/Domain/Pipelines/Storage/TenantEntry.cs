namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>Says that a tenant has, or had, pipelines.</summary>
internal sealed record TenantEntry(string Tenant);
