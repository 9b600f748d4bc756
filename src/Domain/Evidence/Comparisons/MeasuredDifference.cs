namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>How a group differs from the control, in the measure's own unit, with bounds that hold at every moment at once.</summary>
/// <param name="Name">The measure.</param>
/// <param name="Sample">Values of the group.</param>
/// <param name="Mean">Their mean; null while there are none.</param>
/// <param name="Difference">Their mean less the control's; null while either has none.</param>
/// <param name="Lower">It is at least this.</param>
/// <param name="Upper">It is at most this.</param>
/// <param name="State"><c>better</c> or <c>worse</c>: proven, by more than is allowed of a guardrail; <c>safe</c>: a guardrail of which it is proven that it is not worse by more; else <c>open</c>.</param>
public sealed record MeasuredDifference(string Name, long Sample, double? Mean, double? Difference, double Lower, double Upper, string State);
