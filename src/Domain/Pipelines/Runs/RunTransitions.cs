using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The moves that a run may make: forward only, and none out of an end.</summary>
public static class RunTransitions
{
    /// <summary>Whether a run that stands there is over.</summary>
    public static bool IsEnd(this RunStatus status) => status is not (RunStatus.Queued or RunStatus.Running);

    /// <summary>Whether a run's steps are to be taken; not once its cancellation was asked for, nor when it is closed.</summary>
    /// <param name="run">The run; null when it was removed.</param>
    public static bool TakesSteps([NotNullWhen(true)] this PipelineRun? run) => run is { CancelRequestedAt: null } && !run.IsClosed();

    /// <summary>Whether a run is over, is about to be undone or was removed: nothing that its steps still do may last.</summary>
    /// <param name="run">The run; null when it was removed.</param>
    public static bool IsClosed([NotNullWhen(false)] this PipelineRun? run) => run is null or { Ending: not null } || run.Status.IsEnd();

    /// <summary>Whether a run may go from one status to another.</summary>
    public static bool IsAllowed(RunStatus from, RunStatus to) => from switch
    {
        RunStatus.Queued => to is RunStatus.Running or RunStatus.Failed or RunStatus.Cancelled,
        RunStatus.Running => to.IsEnd(),
        _ => false,
    };
}
