namespace Trainyard.Functions.Http.Registry;

/// <summary>Where an alias shall point.</summary>
/// <param name="Version"><c>v5</c>, <c>5</c>, <c>1.4.0</c> or another alias.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record AliasRequest(string Version, string? Reason = null);
