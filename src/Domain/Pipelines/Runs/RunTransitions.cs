namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The moves that a run may make: forward only, and none out of an end.</summary>
public static class RunTransitions
{
    /// <summary>Whether a run that stands there is over.</summary>
    public static bool IsEnd(this RunStatus status) => status is not (RunStatus.Queued or RunStatus.Running);

    /// <summary>Whether a run may go from one status to another.</summary>
    public static bool IsAllowed(RunStatus from, RunStatus to) => from switch
    {
        RunStatus.Queued => to is RunStatus.Running or RunStatus.Failed or RunStatus.Cancelled,
        RunStatus.Running => to.IsEnd(),
        _ => false,
    };
}
