namespace Trainyard.Functions.Http.Monitoring;

/// <summary>That the process answers, or that it can work.</summary>
/// <param name="Status"><c>healthy</c> or <c>ready</c>.</param>
/// <param name="Version">The platform's version.</param>
internal sealed record HealthView(string Status, string Version);
