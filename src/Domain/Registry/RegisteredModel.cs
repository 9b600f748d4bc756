namespace Trainyard.Domain.Registry;

/// <summary>A model as its users know it: a name with versions, at most one of them deployed.</summary>
/// <param name="Id">Stable identifier.</param>
/// <param name="Name">Unique name.</param>
/// <param name="CreatedAt">When its first version was registered.</param>
/// <param name="UpdatedAt">When a version was last registered or deployed.</param>
/// <param name="LatestSequence">The newest version.</param>
/// <param name="DeployedSequence">The deployed version; null when none is.</param>
/// <param name="DeploymentCount">How often the deployed version changed; the number of the last deployment.</param>
public sealed record RegisteredModel(
    string Id,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int LatestSequence,
    int? DeployedSequence,
    int DeploymentCount);
