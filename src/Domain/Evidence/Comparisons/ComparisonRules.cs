namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>How the groups of an experiment are compared. The first group is the control.</summary>
/// <param name="Metric">What decides.</param>
/// <param name="Guardrails">What must not suffer.</param>
/// <param name="Alpha">The probability of ever recommending a group that is not better; and, apart from it, of ever seeing harm that is none.</param>
/// <param name="MinSample">Values of the metric that a group and the control must have before one is recommended.</param>
public sealed record ComparisonRules(MeasureRules Metric, IReadOnlyList<MeasureRules> Guardrails, double Alpha, long MinSample);
