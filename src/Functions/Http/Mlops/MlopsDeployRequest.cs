using Trainyard.Domain.Json;
using Trainyard.Domain.Traffic;
using Trainyard.Functions.Http.Canaries;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>What to deploy, and how.</summary>
/// <param name="ModelId">The model's id or name.</param>
/// <param name="Version"><c>1.4.0</c>, <c>v5</c>, <c>5</c> or an alias; null for the newest.</param>
/// <param name="Stage"><c>production</c>, or <c>staging</c> to only make it ready; production when absent.</param>
/// <param name="Reason">Why; kept in the history.</param>
/// <param name="Strategy"><c>immediate</c>, <c>blue_green</c>: loaded before any caller meets it, or <c>canary</c>: step by step. Immediate when absent.</param>
/// <param name="Traffic">Its share of the traffic in percent, the rest staying where it is; null for all.</param>
/// <param name="AllowSchemaChange">Whether it may read other columns, or predict something else, than the version in production.</param>
/// <param name="Steps">Of a canary: its share at each step, in percent, rising to 100.</param>
/// <param name="StepSeconds">Of a canary: how long each step lasts at least.</param>
/// <param name="MinCalls">Of a canary: requests that it must have answered at a step before it goes on.</param>
internal sealed record MlopsDeployRequest(
    string ModelId,
    string? Version = null,
    string? Stage = null,
    string? Reason = null,
    [property: OneOf(typeof(RolloutStrategies), nameof(RolloutStrategies.Words))] string? Strategy = null,
    double? Traffic = null,
    bool AllowSchemaChange = false,
    IReadOnlyList<double>? Steps = null,
    double? StepSeconds = null,
    int? MinCalls = null)
{
    public RolloutRequest ToRollout() => new()
    {
        Version = Version ?? MlopsStage.Newest,
        Strategy = RolloutStrategies.Require(Strategy),
        Percent = Traffic,
        AllowsOtherSchema = AllowSchemaChange,
        Canary = new CanarySettings(Steps, StepSeconds, MinCalls).ToRequest(),
    };
}
