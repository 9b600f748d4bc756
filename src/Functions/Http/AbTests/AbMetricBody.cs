using System.Text.Json.Serialization;
using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>A measure of the variants of an A/B test. What is absent has its default.</summary>
/// <param name="Kind"><c>conversion</c>: units with feedback of a value above 0 within the window; <c>correct</c>: right predictions; <c>value</c>, <c>rating</c>, <c>error</c>: means of what feedback tells; <c>error_share</c>, <c>slow_share</c>: of requests.</param>
/// <param name="Direction"><c>increase</c> when more of it is better, <c>decrease</c> when less is; what is usual of its kind when absent.</param>
/// <param name="Lower">Of <c>value</c> and <c>error</c>: the least that counts; 0 by default.</param>
/// <param name="Upper">Of <c>value</c> and <c>error</c>: the greatest that counts; 1 by default.</param>
/// <param name="WindowSeconds">Of <c>conversion</c>: how long after its exposure a unit may convert; 3600 by default.</param>
/// <param name="SlowMs">Of <c>slow_share</c>: the time beyond which a request is slow, a bound that latencies are counted by; 100 by default.</param>
/// <param name="AllowedHarm">Of a guardrail: by how much it may be worse, in its own unit; 0 by default.</param>
internal sealed record AbMetricBody(
    [property: JsonRequired] AbMetricKind Kind,
    AbDirection? Direction = null,
    double? Lower = null,
    double? Upper = null,
    double? WindowSeconds = null,
    double? SlowMs = null,
    double? AllowedHarm = null)
{
    private const double MillisecondsOfSecond = 1000;

    public AbMetric ToMetric()
    {
        AbMetric standard = new() { Kind = Kind };
        return standard with
        {
            HigherIsBetter = Direction is { } direction ? direction == AbDirection.Increase : null,
            Least = Lower ?? standard.Least,
            Greatest = Upper ?? standard.Greatest,
            Window = BoundedTime.Of(WindowSeconds, standard.Window, AbMetric.MaxWindow),
            SlowSeconds = SlowMs is { } slow ? slow / MillisecondsOfSecond : standard.SlowSeconds,
            AllowedHarm = AllowedHarm ?? standard.AllowedHarm,
        };
    }
}
