using System.Text.Json.Serialization;
using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>An A/B test to begin. What is absent has its default.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Variants">2 to 10 versions, the one in production among them: it is the control. Their shares are together 100.</param>
/// <param name="Metric">What decides.</param>
/// <param name="Guardrails">What must not suffer, at most 10.</param>
/// <param name="Alpha">The probability of ever recommending a version that is not better; and, apart from it, of ever seeing harm that is none. 0.05 by default.</param>
/// <param name="MinSample">Values of the metric that a variant and the control must have before one is recommended; 100 by default.</param>
/// <param name="MaxDurationSeconds">When it is over at the latest; two weeks by default.</param>
/// <param name="StopOnHarm">Whether it ends itself when every variant is proven to do harm, or when it cannot be believed.</param>
/// <param name="PromoteWinner">Whether it gives a variant that is recommended all traffic by itself.</param>
/// <param name="AllowSchemaChange">Whether versions may read other columns, or predict something else, than the one in production.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record AbTestBody(
    [property: JsonRequired] string Name,
    [property: JsonRequired] IReadOnlyList<AbVariantBody> Variants,
    [property: JsonRequired] AbMetricBody Metric,
    IReadOnlyList<AbMetricBody>? Guardrails = null,
    double? Alpha = null,
    long? MinSample = null,
    double? MaxDurationSeconds = null,
    bool StopOnHarm = false,
    bool PromoteWinner = false,
    bool AllowSchemaChange = false,
    string? Reason = null)
{
    public AbTestRequest ToRequest() => new()
    {
        Name = Name,
        Variants = [.. Variants.Select(variant => new AbVariantRequest(variant.Name, variant.Version, variant.Percent))],
        Metric = Metric.ToMetric(),
        Guardrails = [.. (Guardrails ?? []).Select(guardrail => guardrail.ToMetric())],
        Alpha = Alpha ?? AbTestRequest.DefaultAlpha,
        MinSample = MinSample ?? AbTestRequest.DefaultMinSample,
        MaxDuration = BoundedTime.Of(MaxDurationSeconds, AbTestRequest.DefaultMaxDuration, AbTestRequest.MaxMaxDuration),
        StopsOnHarm = StopOnHarm,
        PromotesWinner = PromoteWinner,
        AllowsOtherSchema = AllowSchemaChange,
    };
}
