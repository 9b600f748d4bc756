namespace Trainyard.Functions.Telemetry;

/// <summary>Which Application Insights telemetry goes to. Knows none of its types, which cost a start.</summary>
/// <param name="ConnectionString">Names the component and its addresses.</param>
/// <param name="UsesIdentity">Whether the component takes telemetry of known identities alone.</param>
/// <param name="ClientId">Of a user-assigned identity; null for the host's own.</param>
internal sealed record InsightsOptions(string ConnectionString, bool UsesIdentity, string? ClientId);
