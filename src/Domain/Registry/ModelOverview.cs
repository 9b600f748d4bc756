namespace Trainyard.Domain.Registry;

/// <summary>A model with the version that stands for it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">The deployed version, or the newest when none is deployed; null when there is none.</param>
public sealed record ModelOverview(RegisteredModel Model, ModelVersion? Version);
