namespace Trainyard.Domain.Serving;

/// <summary>A version that sees requests and whose answers nobody gets.</summary>
/// <param name="Model">The version.</param>
/// <param name="Points">The share of requests that it sees, in hundredths of a percent.</param>
internal sealed record ServedShadow(CachedModel Model, int Points);
