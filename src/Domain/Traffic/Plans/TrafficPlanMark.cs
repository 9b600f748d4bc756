namespace Trainyard.Domain.Traffic.Plans;

/// <summary>Written before a plan and removed when it is over: by it a timer finds what to look at, and what a crash left.</summary>
/// <param name="Key">The plan.</param>
/// <param name="At">When it was made.</param>
internal sealed record TrafficPlanMark(TrafficPlanKey Key, DateTimeOffset At);
