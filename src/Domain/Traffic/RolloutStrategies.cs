using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Traffic;

/// <summary>The strategies that a deployment can be asked for by.</summary>
public static class RolloutStrategies
{
    /// <summary>Their words.</summary>
    public static IReadOnlyList<string> Words { get; } = ["immediate", "blue_green", "canary"];

    /// <summary>The strategy of a word; immediate for null.</summary>
    /// <exception cref="ProblemException"><c>strategy_invalid</c>.</exception>
    public static DeploymentStrategy Require(string? word) => word switch
    {
        null or "immediate" => DeploymentStrategy.Immediate,
        "blue_green" => DeploymentStrategy.BlueGreen,
        "canary" => DeploymentStrategy.Canary,
        _ => throw new ProblemException(new Problem(
            ProblemKind.Malformed, "strategy_invalid", $"The strategy must be one of {string.Join(", ", Words)}.", "strategy")),
    };
}
