using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Json;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Traffic;
using Trainyard.Functions.Http.Canaries;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Which version to deploy, and how.</summary>
/// <param name="Version"><c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias; null for the newest.</param>
/// <param name="Reason">Why; kept in the history.</param>
/// <param name="Strategy"><c>immediate</c>, <c>blue_green</c>: loaded before any caller meets it, or <c>canary</c>: step by step. Immediate when absent.</param>
/// <param name="Traffic">Its share of the traffic in percent, the rest staying where it is; null for all.</param>
/// <param name="AllowSchemaChange">Whether it may read other columns, or predict something else, than the version in production.</param>
/// <param name="Canary">How a canary shall go; its defaults when absent.</param>
internal sealed record DeployRequest(
    [property: RegularExpression(ResourceName.Pattern)] string? Version = null,
    string? Reason = null,
    [property: OneOf(typeof(RolloutStrategies), nameof(RolloutStrategies.Words))] string? Strategy = null,
    double? Traffic = null,
    bool AllowSchemaChange = false,
    CanarySettings? Canary = null)
{
    public RolloutRequest ToRollout() => new()
    {
        Version = Version ?? AliasName.Latest,
        Strategy = RolloutStrategies.Require(Strategy),
        Percent = Traffic,
        AllowsOtherSchema = AllowSchemaChange,
        Canary = (Canary ?? new CanarySettings()).ToRequest(),
    };
}
