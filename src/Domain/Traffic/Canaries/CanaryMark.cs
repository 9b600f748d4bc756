namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Written before a canary and removed when it is over: what a crash in between left is found by it.</summary>
/// <param name="Key">The canary.</param>
/// <param name="At">When it was written.</param>
internal sealed record CanaryMark(CanaryKey Key, DateTimeOffset At);
