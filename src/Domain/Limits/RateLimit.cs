namespace Trainyard.Domain.Limits;

/// <summary>A rate and how far it may be overdrawn for a moment.</summary>
/// <param name="PerSecond">Requests a second in the long run; above 0.</param>
/// <param name="Burst">Requests at once after a rest; at least 1.</param>
public sealed record RateLimit(double PerSecond, int Burst);
