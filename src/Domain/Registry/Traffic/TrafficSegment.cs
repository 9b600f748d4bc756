namespace Trainyard.Domain.Registry.Traffic;

/// <summary>A part of the callers that one version answers.</summary>
/// <param name="From">Its first point, in hundredths of a percent.</param>
/// <param name="Before">The first point that is no longer in it.</param>
/// <param name="Sequence">The version.</param>
public sealed record TrafficSegment(int From, int Before, int Sequence);
