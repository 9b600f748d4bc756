namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>What is known of one group.</summary>
/// <param name="Name">The group.</param>
/// <param name="Units">Units that came to it.</param>
/// <param name="Share">The share of units that it should have.</param>
/// <param name="Metric">What decides; of the control without a difference.</param>
/// <param name="Guardrails">What must not suffer; of the control without differences.</param>
public sealed record GroupResult(string Name, long Units, double Share, MeasuredDifference Metric, IReadOnlyList<MeasuredDifference> Guardrails);
