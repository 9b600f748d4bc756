namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>What an experiment has shown.</summary>
/// <param name="Recommendation">What should be done.</param>
/// <param name="Group">The group to take; null unless one is recommended.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="SampleRatioPValue">Of units coming to groups as they should, valid at every moment; the least so far.</param>
/// <param name="Groups">Each group, the control first.</param>
public sealed record ComparisonResult(Recommendation Recommendation, string? Group, string Reason, double SampleRatioPValue, IReadOnlyList<GroupResult> Groups);
