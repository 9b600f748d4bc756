namespace Trainyard.Functions.Http.Traffic;

/// <summary>Goes back to what was in production before.</summary>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record RollbackRequest(string? Reason = null);
