namespace Trainyard.Functions.Http.Monitoring;

/// <summary>That the process answers.</summary>
/// <param name="Status"><c>healthy</c>.</param>
/// <param name="Version">The platform's version.</param>
internal sealed record HealthView(string Status, string Version);
