namespace Trainyard.Functions.Http.AbTests;

/// <summary>How a test is concluded.</summary>
/// <param name="Variant">The variant to give all traffic; what is recommended when absent.</param>
/// <param name="Reason">Why; kept with the decision.</param>
internal sealed record AbTestConclusion(string? Variant = null, string? Reason = null);
