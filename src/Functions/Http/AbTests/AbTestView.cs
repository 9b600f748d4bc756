using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>An A/B test as callers see it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ModelName">The model.</param>
/// <param name="State"><c>running</c>, <c>promoted</c>, <c>kept</c>, <c>expired</c>, <c>stopped</c> or <c>superseded</c>.</param>
/// <param name="Variants">Its versions, the control first.</param>
/// <param name="Metric">What decides.</param>
/// <param name="Guardrails">What must not suffer.</param>
/// <param name="Alpha">The probability of ever being wrong.</param>
/// <param name="MinSample">Values of the metric that are needed to recommend a variant.</param>
/// <param name="MaxDurationSeconds">How long it goes on at most.</param>
/// <param name="StopOnHarm">Whether it ends itself when harm is proven.</param>
/// <param name="PromoteWinner">Whether it gives what is recommended all traffic by itself.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="BeganAt">When traffic was divided; null when it never was.</param>
/// <param name="EndedAt">When it was over; null until then.</param>
/// <param name="By">Who began it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="LookedAt">When it was looked at last; null before.</param>
/// <param name="Result">What it had shown then, with a recommendation.</param>
/// <param name="Decisions">What was decided and upon what, oldest first.</param>
internal sealed record AbTestView(
    string Id,
    string Name,
    string ModelName,
    AbTestState State,
    IReadOnlyList<AbVariantView> Variants,
    AbMetricView Metric,
    IReadOnlyList<AbMetricView> Guardrails,
    double Alpha,
    long MinSample,
    double MaxDurationSeconds,
    bool StopOnHarm,
    bool PromoteWinner,
    DateTimeOffset CreatedAt,
    DateTimeOffset? BeganAt,
    DateTimeOffset? EndedAt,
    string By,
    string? Reason,
    DateTimeOffset? LookedAt,
    ComparisonResult? Result,
    IReadOnlyList<AbDecisionView> Decisions)
{
    public static AbTestView Of(AbTest test) => new(
        test.Id,
        test.Name,
        test.ModelName,
        test.State,
        [.. test.Variants.Select(variant => new AbVariantView(variant.Name, Domain.Registry.ModelVersion.LabelOf(variant.Sequence), variant.Percent))],
        AbMetricView.Of(test.Metric),
        [.. test.Guardrails.Select(AbMetricView.Of)],
        test.Alpha,
        test.MinSample,
        test.MaxDuration.TotalSeconds,
        test.StopsOnHarm,
        test.PromotesWinner,
        test.CreatedAt,
        test.BeganAt,
        test.EndedAt,
        test.By,
        test.Reason,
        test.LookedAt,
        test.Result,
        [.. test.Decisions.Select(decision => new AbDecisionView(decision.At, decision.Action, decision.Reason, decision.By, decision.Result))]);
}
