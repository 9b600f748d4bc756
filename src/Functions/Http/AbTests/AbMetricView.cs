using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>A measure of the variants of an A/B test as callers see it.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Direction">Which way is better; null for what is usual of its kind.</param>
/// <param name="Lower">Of <c>value</c> and <c>error</c>: the least that counts.</param>
/// <param name="Upper">Of <c>value</c> and <c>error</c>: the greatest that counts.</param>
/// <param name="WindowSeconds">Of <c>conversion</c>: how long after its exposure a unit may convert.</param>
/// <param name="SlowMs">Of <c>slow_share</c>: the time beyond which a request is slow.</param>
/// <param name="AllowedHarm">Of a guardrail: by how much it may be worse.</param>
internal sealed record AbMetricView(AbMetricKind Kind, AbDirection? Direction, double Lower, double Upper, double WindowSeconds, double SlowMs, double AllowedHarm)
{
    private const double MillisecondsOfSecond = 1000;

    public static AbMetricView Of(AbMetric metric) => new(
        metric.Kind,
        metric.HigherIsBetter is { } higher ? (higher ? AbDirection.Increase : AbDirection.Decrease) : null,
        metric.Least,
        metric.Greatest,
        metric.Window.TotalSeconds,
        metric.SlowSeconds * MillisecondsOfSecond,
        metric.AllowedHarm);
}
