namespace Trainyard.Learning.Data;

/// <summary>The span of a date column.</summary>
/// <param name="Earliest">First point in time, UTC.</param>
/// <param name="Latest">Last point in time, UTC.</param>
public sealed record DateSummary(DateTime Earliest, DateTime Latest);
