namespace Trainyard.Functions.Http.Canaries;

/// <summary>A decision on a canary.</summary>
/// <param name="At">When.</param>
/// <param name="Percent">The share of the new version at the time.</param>
/// <param name="Action"><c>begin</c>, <c>advance</c>, <c>roll_back</c>, <c>promote</c>, <c>pause</c>, <c>resume</c>, <c>abort</c> or <c>supersede</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="By"><c>canary</c> when it decided itself, else who asked.</param>
/// <param name="Evidence">What was seen; null where nothing was looked at.</param>
internal sealed record CanaryDecisionView(DateTimeOffset At, double Percent, string Action, string Reason, string By, CanaryEvidenceView? Evidence);
