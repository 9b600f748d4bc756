using System.Text.Json.Serialization;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Versions of a model that answer side by side until it is known which is better, with every decision on it.</summary>
public sealed record AbTest : ITrafficPlan
{
    /// <summary>Names it.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The versions; the first is the control, which was in production when it began.</summary>
    public required IReadOnlyList<AbVariant> Variants { get; init; }

    /// <summary>What decides.</summary>
    public required AbMetric Metric { get; init; }

    /// <summary>What must not suffer.</summary>
    public required IReadOnlyList<AbMetric> Guardrails { get; init; }

    /// <summary>The probability of ever being wrong.</summary>
    public required double Alpha { get; init; }

    /// <summary>Values that a variant and the control must have before one is recommended.</summary>
    public required long MinSample { get; init; }

    /// <summary>How long it goes on at most.</summary>
    public required TimeSpan MaxDuration { get; init; }

    /// <summary>Whether it ends itself when harm is proven.</summary>
    public bool StopsOnHarm { get; init; }

    /// <summary>Whether it gives what is recommended all traffic by itself.</summary>
    public bool PromotesWinner { get; init; }

    /// <summary>Whether versions may read other columns, or predict something else.</summary>
    public bool AllowsOtherSchema { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>Why; null when they did not say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it stands.</summary>
    public AbTestState State { get; init; } = AbTestState.Running;

    /// <summary>The number of its deployment; before it began, the one it shall begin upon.</summary>
    public required int Deployment { get; init; }

    /// <summary>When traffic was divided; null before.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>What is decided and may not be done yet; null for nothing.</summary>
    public AbIntent? Intent { get; init; }

    /// <summary>Changes of traffic so far.</summary>
    public int Changes { get; init; }

    /// <summary>When it was looked at last; null before.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>What it had shown then.</summary>
    public ComparisonResult? Result { get; init; }

    /// <summary>What was decided, oldest first; few, for each is asked for or ends it.</summary>
    public IReadOnlyList<AbDecision> Decisions { get; init; } = [];

    /// <summary>When it was over; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it is over.</summary>
    [JsonIgnore]
    public bool IsOver => State != AbTestState.Running;

    [JsonIgnore]
    DateTimeOffset? ITrafficPlan.DecidedAt => Decisions.Count == 0 ? null : Decisions[^1].At;

    /// <summary>What the others are held against.</summary>
    [JsonIgnore]
    public AbVariant Control => Variants[0];

    /// <summary>How it is judged.</summary>
    [JsonIgnore]
    internal ComparisonRules Rules => new(Metric.Rules, [.. Guardrails.Select(guardrail => guardrail.Rules)], Alpha, MinSample);

    /// <summary>The operation that makes a change: the same one never changes anything twice.</summary>
    internal static string OperationOf(string id, AbIntent intent) => FormattableString.Invariant($"{id}-change-{intent.Number}");

    /// <summary>The traffic that a change leads to.</summary>
    internal TrafficChange ChangeOf(AbIntent intent) => intent.Sequence is { } sequence
        ? new TrafficChange { Shares = [new WantedShare(Registry.ModelVersion.LabelOf(sequence), 100)], AllowsOtherSchema = true }
        : new TrafficChange { Shares = [.. Variants.Select(variant => new WantedShare(variant.Version, variant.Percent))], AllowsOtherSchema = AllowsOtherSchema, Test = Id };

    /// <summary>With a decision more, that ends it.</summary>
    internal AbTest Ended(AbTestState state, AbDecision decision) =>
        this with { State = state, Intent = null, Decisions = [.. Decisions, decision], EndedAt = decision.At };
}
