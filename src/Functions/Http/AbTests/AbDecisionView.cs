using Trainyard.Domain.Evidence.Comparisons;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>A decision on an A/B test.</summary>
/// <param name="At">When.</param>
/// <param name="Action"><c>begin</c>, <c>promote</c>, <c>keep</c>, <c>stop</c>, <c>expire</c> or <c>supersede</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="By"><c>ab_test</c> when it decided itself, else who asked.</param>
/// <param name="Result">What the test had shown; null where nothing was looked at.</param>
internal sealed record AbDecisionView(DateTimeOffset At, string Action, string Reason, string By, ComparisonResult? Result);
