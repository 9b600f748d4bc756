using Trainyard.Domain.Registry;
using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Functions.Http.Canaries;

/// <summary>Canaries as callers see them.</summary>
internal static class CanaryMapping
{
    public static CanaryView View(Canary canary, CanaryEvidence? evidence) => new(
        canary.Id,
        canary.ModelName,
        ModelVersion.LabelOf(canary.Version),
        ModelVersion.LabelOf(canary.Baseline),
        canary.StateWord,
        canary.Percent,
        canary.Steps,
        canary.StepTime.TotalSeconds,
        canary.StepSince,
        canary.CreatedAt,
        canary.EndedAt,
        canary.By,
        canary.Reason,
        View(evidence),
        [.. canary.Decisions.Select(each => new CanaryDecisionView(each.At, each.Percent, each.Action, each.Reason, each.By, View(each.Evidence)))]);

    private static CanaryEvidenceView? View(CanaryEvidence? evidence) => evidence is null ? null : new(
        evidence.Calls,
        evidence.Failures,
        evidence.BaselineCalls,
        evidence.BaselineFailures,
        evidence.ErrorIncrease,
        evidence.SlowIncrease,
        evidence.SlowerThanMs,
        evidence.OutputShift,
        evidence.Psi,
        evidence.Judged,
        evidence.Correct,
        evidence.BaselineJudged,
        evidence.BaselineCorrect,
        evidence.CorrectDecrease,
        evidence.Measured,
        evidence.BaselineMeasured,
        evidence.OutcomeErrorIncrease);
}
