using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Domain.Traffic;

/// <summary>Which version shall come to answer, and how.</summary>
public sealed record RolloutRequest
{
    /// <summary>The version: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias; the newest by default.</summary>
    public string Version { get; init; } = AliasName.Latest;

    /// <summary>How: immediate, blue/green or canary.</summary>
    public DeploymentStrategy Strategy { get; init; } = DeploymentStrategy.Immediate;

    /// <summary>The share of the traffic, in percent; what is in production keeps the rest. Null for all; a canary has its steps instead.</summary>
    public double? Percent { get; init; }

    /// <summary>How a canary shall go; of no concern to others.</summary>
    public CanaryRequest Canary { get; init; } = new();

    /// <summary>Whether the version may read other columns, or predict something else, than the one in production.</summary>
    public bool AllowsOtherSchema { get; init; }
}
