namespace Trainyard.Functions.Http.Canaries;

/// <summary>A canary as callers see it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="ModelName">The model.</param>
/// <param name="Version">The new version.</param>
/// <param name="Baseline">The version that was in production when it began.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>promoted</c>, <c>rolled_back</c>, <c>aborted</c> or <c>superseded</c>.</param>
/// <param name="Percent">The new version's share now.</param>
/// <param name="Steps">Its share at each step.</param>
/// <param name="StepSeconds">How long each step lasts at least.</param>
/// <param name="StepSince">When its step began.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="EndedAt">When it was over; null until then.</param>
/// <param name="By">Who began it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="Evidence">What is seen at its step; null when it is at none.</param>
/// <param name="Decisions">What was decided and upon what, oldest first.</param>
internal sealed record CanaryView(
    string Id,
    string ModelName,
    string Version,
    string Baseline,
    string State,
    double Percent,
    IReadOnlyList<double> Steps,
    double StepSeconds,
    DateTimeOffset StepSince,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    string By,
    string? Reason,
    CanaryEvidenceView? Evidence,
    IReadOnlyList<CanaryDecisionView> Decisions);
