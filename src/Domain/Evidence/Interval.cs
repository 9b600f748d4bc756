namespace Trainyard.Domain.Evidence;

/// <summary>Bounds of something unknown.</summary>
/// <param name="Lower">It is at least this.</param>
/// <param name="Upper">It is at most this.</param>
public readonly record struct Interval(double Lower, double Upper);
