namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer-triggered function learns about its schedule.</summary>
public class TimerInfo
{
    /// <summary>The schedule's status, or null when it is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when this run should have happened earlier.</summary>
    public bool IsPastDue { get; set; }
}
