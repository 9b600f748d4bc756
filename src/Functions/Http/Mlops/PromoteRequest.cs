namespace Trainyard.Functions.Http.Mlops;

/// <summary>Where to move a version.</summary>
/// <param name="Stage"><c>draft</c>, <c>staging</c>, <c>production</c> or <c>archived</c>.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record PromoteRequest(string Stage, string? Reason = null);
