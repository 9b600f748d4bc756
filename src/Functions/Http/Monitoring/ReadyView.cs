namespace Trainyard.Functions.Http.Monitoring;

/// <summary>That the platform can work.</summary>
/// <param name="Status"><c>ready</c>.</param>
/// <param name="Version">The platform's version.</param>
/// <param name="Checks">What was asked: <c>documents</c>, <c>blobs</c>, <c>queues</c>, <c>orchestrations</c>.</param>
internal sealed record ReadyView(string Status, string Version, IReadOnlyList<ReadyCheck> Checks);
