using Trainyard.Domain.Evidence.Comparisons;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>What was decided about an A/B test, and upon what.</summary>
/// <param name="At">When.</param>
/// <param name="Action"><c>begin</c>, <c>promote</c>, <c>keep</c>, <c>stop</c>, <c>expire</c> or <c>supersede</c>.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="By">Who: the test itself, or whoever asked for it.</param>
/// <param name="Result">What it had shown; null where nothing was looked at.</param>
public sealed record AbDecision(DateTimeOffset At, string Action, string Reason, string By, ComparisonResult? Result);
