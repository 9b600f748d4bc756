using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>A step was not taken, or not to its end: its run is over, about to be undone, or shall be cancelled.</summary>
/// <param name="run">The run.</param>
/// <param name="inner">How the step was left; null when it did not begin.</param>
public sealed class RunStoppedException(RunKey run, Exception? inner = null)
    : ProblemException(new Problem(ProblemKind.Conflict, "run_stopped", $"Run '{run.RunId}' is over or shall be cancelled, so its steps are not taken."), inner);
