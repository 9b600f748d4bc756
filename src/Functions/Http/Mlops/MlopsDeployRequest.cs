namespace Trainyard.Functions.Http.Mlops;

/// <summary>What to deploy.</summary>
/// <param name="ModelId">The model's id or name.</param>
/// <param name="Version"><c>1.4.0</c>, <c>v5</c>, <c>5</c> or an alias; null for the newest.</param>
/// <param name="Stage"><c>production</c>, or <c>staging</c> to only make it ready; production when absent.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record MlopsDeployRequest(string ModelId, string? Version = null, string? Stage = null, string? Reason = null);
