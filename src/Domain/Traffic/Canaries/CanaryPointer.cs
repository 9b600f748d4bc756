namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Leads to the last canary of a model.</summary>
/// <param name="Id">The canary.</param>
internal sealed record CanaryPointer(string Id);
