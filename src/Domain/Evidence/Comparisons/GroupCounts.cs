namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>What was seen of one group of an experiment.</summary>
/// <param name="Name">The group.</param>
/// <param name="Share">The share of units that it should have, from 0 to 1.</param>
/// <param name="Units">Units that came to it.</param>
/// <param name="Metric">What is compared, scaled to values from 0 to 1.</param>
/// <param name="Guardrails">What must not suffer, likewise, in the order of the rules.</param>
public sealed record GroupCounts(string Name, double Share, long Units, BoundedSum Metric, IReadOnlyList<BoundedSum> Guardrails);
