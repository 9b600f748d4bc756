using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>A version's way into production, step by step, with every decision on it.</summary>
public sealed record Canary : ITrafficPlan
{
    /// <summary>Decisions kept at most; a canary has as many steps, and pauses are few.</summary>
    public const int MaxDecisions = 100;

    /// <summary>Names it.</summary>
    public required string Id { get; init; }

    /// <summary>The model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The new version.</summary>
    public required int Version { get; init; }

    /// <summary>The version that was in production when it began.</summary>
    public required int Baseline { get; init; }

    /// <summary>The new version's share at each step, in percent.</summary>
    public required IReadOnlyList<double> Steps { get; init; }

    /// <summary>How long each step lasts at least.</summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>What the new version may do worse.</summary>
    public required CanaryLimits Limits { get; init; }

    /// <summary>Whether the new version may read other columns, or predict something else.</summary>
    public bool AllowsOtherSchema { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>Why; null when they did not say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it stands.</summary>
    public CanaryState State { get; init; } = CanaryState.Running;

    /// <summary>The step that it is at, from 0; -1 before the first.</summary>
    public int Step { get; init; } = -1;

    /// <summary>The number of the deployment that holds since the step began; of a canary that has not begun, the one it shall begin upon.</summary>
    public required int Deployment { get; init; }

    /// <summary>When the step began.</summary>
    public DateTimeOffset StepSince { get; init; }

    /// <summary>What is decided and may not be done yet; null for nothing.</summary>
    public CanaryIntent? Intent { get; init; }

    /// <summary>Changes of traffic so far.</summary>
    public int Changes { get; init; }

    /// <summary>What was decided, oldest first.</summary>
    public IReadOnlyList<CanaryDecision> Decisions { get; init; } = [];

    /// <summary>When it was over; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it is over.</summary>
    [JsonIgnore]
    public bool IsOver => State is not (CanaryState.Running or CanaryState.Paused);

    [JsonIgnore]
    DateTimeOffset? ITrafficPlan.DecidedAt => Decisions.Count == 0 ? null : Decisions[^1].At;

    /// <summary>The new version's share now, in percent.</summary>
    [JsonIgnore]
    public double Percent => IsOver ? State == CanaryState.Promoted ? 100 : 0 : Step < 0 ? 0 : Steps[Step];

    /// <summary>The state as a word: <c>rolled_back</c>.</summary>
    [JsonIgnore]
    public string StateWord => JsonNamingPolicy.SnakeCaseLower.ConvertName(State.ToString());

    /// <summary>The operation that makes a change: the same one never changes anything twice.</summary>
    internal static string OperationOf(string id, CanaryIntent intent) => FormattableString.Invariant($"{id}-change-{intent.Number}");

    /// <summary>The traffic that a change leads to.</summary>
    internal TrafficChange ChangeOf(CanaryIntent intent)
    {
        double percent = intent.Step < 0 ? 0 : Steps[intent.Step];
        WantedShare[] shares = [new(Registry.ModelVersion.LabelOf(Baseline), Math.Round(100 - percent, 2)), new(Registry.ModelVersion.LabelOf(Version), percent)];
        return new TrafficChange { Shares = [.. shares.Where(share => share.Percent > 0)], AllowsOtherSchema = AllowsOtherSchema };
    }

    /// <summary>With a decision more.</summary>
    internal Canary With(CanaryDecision decision) => this with { Decisions = [.. Decisions.TakeLast(MaxDecisions - 1), decision] };
}
