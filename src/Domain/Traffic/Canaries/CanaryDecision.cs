namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>What was decided at a look, and upon what.</summary>
/// <param name="At">When.</param>
/// <param name="Percent">The share of the new version at the time.</param>
/// <param name="Action"><c>begin</c>, <c>advance</c>, <c>roll_back</c>, <c>promote</c>, <c>pause</c>, <c>resume</c>, <c>abort</c> or <c>supersede</c>.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="By">Who: the canary itself, or whoever asked for it.</param>
/// <param name="Evidence">What was seen at the step; null where nothing was looked at.</param>
public sealed record CanaryDecision(DateTimeOffset At, double Percent, string Action, string Reason, string By, CanaryEvidence? Evidence);
