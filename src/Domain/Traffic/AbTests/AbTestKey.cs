namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Names one test.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Id">The test.</param>
internal sealed record AbTestKey(string Tenant, string Model, string Id);
