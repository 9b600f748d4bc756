namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Written before a test and removed when it is over: by it the timer finds what to look at, and what a crash left.</summary>
/// <param name="Key">The test.</param>
/// <param name="At">When it was written.</param>
internal sealed record AbTestMark(AbTestKey Key, DateTimeOffset At);
