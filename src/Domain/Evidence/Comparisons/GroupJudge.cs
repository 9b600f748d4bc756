using System.Globalization;

namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>Says what an experiment has shown so far. It may be asked at any moment, as often as somebody likes.</summary>
/// <remarks>
/// The chance of being wrong is divided among the groups that are held against the control, and among guardrails (Bonferroni). That units come to
/// groups as they should is tested apart, at <see cref="SampleRatio.Alpha"/>.
/// </remarks>
public static class GroupJudge
{
    private const string Better = "better";
    private const string Worse = "worse";
    private const string Safe = "safe";
    private const string Open = "open";

    /// <summary>Judges groups.</summary>
    /// <param name="groups">At least two, the control first.</param>
    /// <param name="rules">How they are compared.</param>
    /// <param name="leastRatio">The least p-value of the sample ratio so far; 1 at first.</param>
    /// <param name="isOver">Whether no more will be seen, so that what is not proven by now never will be.</param>
    public static ComparisonResult Judge(IReadOnlyList<GroupCounts> groups, ComparisonRules rules, double leastRatio = 1, bool isOver = false)
    {
        GroupCounts control = groups[0];
        double alpha = rules.Alpha / (groups.Count - 1);
        GroupResult[] results =
        [
            .. groups.Select((group, index) => new GroupResult(
                group.Name,
                group.Units,
                group.Share,
                index == 0 ? Alone(rules.Metric, group.Metric) : Compare(rules.Metric, group.Metric, control.Metric, alpha, isGuardrail: false),
                [
                    .. rules.Guardrails.Select((rule, guard) => index == 0
                        ? Alone(rule, group.Guardrails[guard])
                        : Compare(rule, group.Guardrails[guard], control.Guardrails[guard], alpha / rules.Guardrails.Count, isGuardrail: true)),
                ])),
        ];
        double ratio = Math.Min(leastRatio, SampleRatio.PValue([.. groups.Select(group => group.Units)], [.. groups.Select(group => group.Share)]));
        (Recommendation recommendation, string? taken, string reason) = Recommend(results, rules, ratio, isOver);
        return new ComparisonResult(recommendation, taken, reason, ratio, results);
    }

    /// <summary>Whether harm to a guardrail is proven of a group.</summary>
    public static bool IsHarmed(GroupResult group) => group.Guardrails.Any(guardrail => guardrail.State == Worse);

    private static MeasuredDifference Alone(MeasureRules rules, BoundedSum seen) =>
        new(rules.Name, seen.Count, seen.Count == 0 ? null : rules.Unscale(seen.Mean), null, 0, 0, Open);

    private static MeasuredDifference Compare(MeasureRules rules, BoundedSum seen, BoundedSum control, double alpha, bool isGuardrail)
    {
        Interval bounds = DifferenceSequence.Of(seen, control, alpha);
        (double lower, double upper) = (bounds.Lower * rules.Range, bounds.Upper * rules.Range);
        (double gain, double most) = rules.HigherIsBetter ? (lower, upper) : (-upper, -lower);
        double allowed = isGuardrail ? rules.AllowedHarm : 0;
        string state = most < -allowed ? Worse : gain > 0 ? Better : isGuardrail && gain >= -allowed ? Safe : Open;
        return new MeasuredDifference(
            rules.Name,
            seen.Count,
            seen.Count == 0 ? null : rules.Unscale(seen.Mean),
            seen.Count == 0 || control.Count == 0 ? null : (seen.Mean - control.Mean) * rules.Range,
            lower,
            upper,
            state);
    }

    private static (Recommendation Recommendation, string? Group, string Reason) Recommend(GroupResult[] results, ComparisonRules rules, double ratio, bool isOver)
    {
        if (ratio < SampleRatio.Alpha)
        {
            return (Recommendation.Invalid, null, Text($"Units did not come to groups as they should have (p = {ratio:g2}): {string.Join(", ", results.Select(group => $"{group.Name} {group.Units}"))}. Find what loses them before you believe any difference."));
        }

        GroupResult[] others = results[1..];
        int sign = rules.Metric.HigherIsBetter ? 1 : -1;
        GroupResult? best = others
            .Where(group => group.Metric.State == Better && !IsHarmed(group) && Math.Min(group.Metric.Sample, results[0].Metric.Sample) >= rules.MinSample)
            .MaxBy(group => sign * group.Metric.Difference);
        if (best is not null)
        {
            return (Recommendation.Promote, best.Name, Text($"{best.Name} is better by {Math.Abs(best.Metric.Difference!.Value):0.####} ({best.Metric.Lower:0.####} to {best.Metric.Upper:0.####}) in {best.Metric.Name}, and no harm is proven."));
        }

        if (others.All(group => group.Metric.State == Worse || IsHarmed(group)))
        {
            return (Recommendation.Keep, null, string.Join(' ', others.Select(Fault)));
        }

        return isOver
            ? (Recommendation.Keep, null, "No group was proven to be better.")
            : (Recommendation.Continue, null, "Nothing is proven yet.");
    }

    private static string Fault(GroupResult group) => group.Guardrails.FirstOrDefault(guardrail => guardrail.State == Worse) is { } harmed
        ? Text($"{group.Name} harms {harmed.Name}: it differs by {harmed.Lower:0.####} to {harmed.Upper:0.####}.")
        : Text($"{group.Name} is worse by {Math.Abs(group.Metric.Difference ?? 0):0.####} ({group.Metric.Lower:0.####} to {group.Metric.Upper:0.####}) in {group.Metric.Name}.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
