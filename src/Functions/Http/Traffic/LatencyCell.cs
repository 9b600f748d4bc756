namespace Trainyard.Functions.Http.Traffic;

/// <summary>How many requests took at most so long, and longer than the cell before.</summary>
/// <param name="UpToMs">Milliseconds; null for whatever is longer.</param>
/// <param name="Calls">Requests.</param>
internal sealed record LatencyCell(double? UpToMs, long Calls);
