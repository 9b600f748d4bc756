using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Activities;

/// <summary>What is undone.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcome">Failed or cancelled.</param>
/// <param name="Cause">The exception that nobody foresaw, for the host's log; null when the run's own record says everything.</param>
public sealed record CompensateRequest(RunKey Run, RunStatus Outcome, string? Cause = null)
{
    /// <summary>Characters of <see cref="Cause"/> at most: a stack trace of some thirty calls.</summary>
    public const int MaxCauseLength = 4_000;
}
