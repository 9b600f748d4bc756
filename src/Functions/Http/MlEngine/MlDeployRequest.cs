using Trainyard.Domain.Json;
using Trainyard.Domain.Traffic;
using Trainyard.Functions.Http.Canaries;

namespace Trainyard.Functions.Http.MlEngine;

/// <summary>How to deploy the version in the path.</summary>
/// <param name="Strategy"><c>immediate</c>, <c>blue_green</c>: loaded before any caller meets it, or <c>canary</c>: step by step. Immediate when absent.</param>
/// <param name="Traffic">Its share of the traffic in percent, the rest staying where it is; null for all.</param>
/// <param name="AllowSchemaChange">Whether it may read other columns, or predict something else, than the version in production.</param>
/// <param name="Reason">Why; kept in the history.</param>
/// <param name="Canary">How a canary shall go; its defaults when absent.</param>
internal sealed record MlDeployRequest(
    [property: OneOf(typeof(RolloutStrategies), nameof(RolloutStrategies.Words))] string? Strategy = null,
    double? Traffic = null,
    bool AllowSchemaChange = false,
    string? Reason = null,
    CanarySettings? Canary = null)
{
    public RolloutRequest ToRollout(string version) => new()
    {
        Version = version,
        Strategy = RolloutStrategies.Require(Strategy),
        Percent = Traffic,
        AllowsOtherSchema = AllowSchemaChange,
        Canary = (Canary ?? new CanarySettings()).ToRequest(),
    };
}
