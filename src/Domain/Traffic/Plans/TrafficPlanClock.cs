namespace Trainyard.Domain.Traffic.Plans;

/// <summary>When plans decide.</summary>
internal static class TrafficPlanClock
{
    /// <summary>The time to write under a plan's next decision: they are in order, whatever the clock does.</summary>
    public static DateTimeOffset NowOf(this TimeProvider time, ITrafficPlan plan)
    {
        DateTimeOffset last = plan.DecidedAt ?? plan.CreatedAt;
        DateTimeOffset now = time.GetUtcNow();
        return now > last ? now : last;
    }
}
