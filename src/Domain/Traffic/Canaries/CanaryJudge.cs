using Trainyard.Domain.Evidence;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Holds what a new version did against what the one in production did at the same time.</summary>
/// <remarks>
/// Each comparison is of shares, each share has a confidence sequence, and the chance of being wrong is divided among all of them (Bonferroni). So
/// looking often, or stopping when it suits, makes no false alarm likelier than <see cref="CanaryLimits.Alpha"/>.
/// </remarks>
internal static class CanaryJudge
{
    // Failures, latency, outputs, and what feedback tells: whether predictions were right, and by how much they were wrong.
    private const int Kinds = 4;
    private const int KindsOfFeedback = 2;
    private const int Versions = 2;
    private const double MillisecondsOfSecond = 1000;

    /// <summary>What is proven at a step.</summary>
    /// <param name="baseline">The version in production.</param>
    /// <param name="canary">The new version.</param>
    /// <param name="alpha">The probability of ever proving at this step what is not so.</param>
    /// <param name="feedback">What feedback tells of both, the version in production first.</param>
    /// <param name="errorBound">The size beyond which an error counts as this one; null to compare no errors.</param>
    public static CanaryEvidence Examine(
        VersionCounts baseline, VersionCounts canary, double alpha, (FeedbackCounts Baseline, FeedbackCounts Canary) feedback, double? errorBound)
    {
        double each = alpha / Kinds / Versions;
        (double slow, double? time) = Slower(baseline, canary, each / VersionCounts.LatencyBounds.Count);
        return new CanaryEvidence(
            canary.Calls,
            canary.Failures,
            baseline.Calls,
            baseline.Failures,
            Above(canary.Failures, canary.Calls, baseline.Failures, baseline.Calls, each),
            slow,
            time,
            Shift(baseline.Outputs, canary.Outputs, each),
            baseline.Outputs.Total == 0 || canary.Outputs.Total == 0 ? null : OutputStability.Of(baseline.Outputs, canary.Outputs),
            feedback.Canary.Judged,
            feedback.Canary.Correct,
            feedback.Baseline.Judged,
            feedback.Baseline.Correct,
            Less(new BoundedSum(feedback.Canary.Correct, feedback.Canary.Judged), new BoundedSum(feedback.Baseline.Correct, feedback.Baseline.Judged), alpha / Kinds / KindsOfFeedback),
            errorBound is null ? 0 : feedback.Canary.Numbers,
            errorBound is null ? 0 : feedback.Baseline.Numbers,
            errorBound is { } bound ? MoreWrong(feedback.Baseline.Errors, feedback.Canary.Errors, bound, alpha / Kinds / KindsOfFeedback) : 0);
    }

    /// <summary>The harm that is proven, in a sentence; null for none.</summary>
    public static string? Harm(CanaryEvidence evidence, CanaryLimits limits) =>
        evidence.ErrorIncrease > limits.MaxErrorIncrease ? Sentence("fails at least", evidence.ErrorIncrease, "more of its requests", limits.MaxErrorIncrease)
        : evidence.SlowIncrease > limits.MaxSlowIncrease ? Sentence($"takes longer than {evidence.SlowerThanMs} ms for at least", evidence.SlowIncrease, "more of its requests", limits.MaxSlowIncrease)
        : evidence.OutputShift > limits.MaxOutputShift ? Sentence("predicts differently for at least", evidence.OutputShift, "of its rows", limits.MaxOutputShift)
        : evidence.CorrectDecrease > limits.MaxCorrectDecrease ? Sentence("is right, by feedback, for at least", evidence.CorrectDecrease, "fewer of its predictions", limits.MaxCorrectDecrease)
        : evidence.OutcomeErrorIncrease > limits.MaxOutcomeErrorIncrease ? Sentence("is wrong, by feedback, by at least", evidence.OutcomeErrorIncrease, "of the bound more", limits.MaxOutcomeErrorIncrease)
        : null;

    // By how much the first mean is smaller at least.
    private static double Less(BoundedSum first, BoundedSum second, double alpha) => Math.Max(0, -DifferenceSequence.Of(first, second, alpha).Upper);

    // Errors lie in cells: those of the new version count as the least of their cell, those of the other as the greatest.
    private static double MoreWrong(NumberCounts? baseline, NumberCounts? canary, double bound, double alpha) =>
        baseline is null || canary is null ? 0 : Less(baseline.BoundedBy(bound, roundsUp: true), canary.BoundedBy(bound, roundsUp: false), alpha);

    private static string Sentence(string does, double share, string of, double allowed) =>
        FormattableString.Invariant($"The new version {does} {100 * share:0.##} % {of} than the one in production; {100 * allowed:0.##} % are allowed.");

    // How much greater the first share is at least.
    private static double Above(long hits, long calls, long otherHits, long otherCalls, double alpha) =>
        Math.Max(0, ShareSequence.Of(hits, calls, alpha).Lower - ShareSequence.Of(otherHits, otherCalls, alpha).Upper);

    private static (double Increase, double? Milliseconds) Slower(VersionCounts baseline, VersionCounts canary, double alpha)
    {
        (double most, double? at) = (0, null);
        (long slow, long otherSlow) = (canary.Calls, baseline.Calls);
        for (int cell = 0; cell < VersionCounts.LatencyBounds.Count; cell++)
        {
            slow -= canary.Latencies[cell];
            otherSlow -= baseline.Latencies[cell];
            double increase = Above(slow, canary.Calls, otherSlow, baseline.Calls, alpha);
            if (increase > most)
            {
                (most, at) = (increase, VersionCounts.LatencyBounds[cell] * MillisecondsOfSecond);
            }
        }

        return (most, at);
    }

    private static double Shift(OutputCounts baseline, OutputCounts canary, double alpha) => baseline.Labels.Count + canary.Labels.Count > 0
        ? LabelShift(baseline, canary, alpha)
        : NumberShift(baseline.Numbers, canary.Numbers, alpha);

    private static double LabelShift(OutputCounts baseline, OutputCounts canary, double alpha)
    {
        // Divided by the labels that there may be, not by those that came: their number must not depend on what was seen.
        double each = alpha / OutputCounts.MaxLabels;
        double most = 0;
        foreach (string label in baseline.Labels.Keys.Union(canary.Labels.Keys, StringComparer.Ordinal))
        {
            (long hits, long otherHits) = (canary.Labels.GetValueOrDefault(label), baseline.Labels.GetValueOrDefault(label));
            most = Math.Max(most, Above(hits, canary.Total, otherHits, baseline.Total, each));
            most = Math.Max(most, Above(otherHits, baseline.Total, hits, canary.Total, each));
        }

        return most;
    }

    private static double NumberShift(NumberCounts baseline, NumberCounts canary, double alpha)
    {
        if (baseline.Total == 0 || canary.Total == 0)
        {
            return 0;
        }

        (long[] first, long[] second) = NumberCounts.Align(baseline, canary);
        (double farthest, long sum, long other) = (0, 0, 0);
        for (int cell = 0; cell < first.Length; cell++)
        {
            sum += first[cell];
            other += second[cell];
            farthest = Math.Max(farthest, Math.Abs((sum / (double)baseline.Total) - (other / (double)canary.Total)));
        }

        return Math.Max(0, farthest - DistributionBand.Of(baseline.Total, alpha) - DistributionBand.Of(canary.Total, alpha));
    }
}
