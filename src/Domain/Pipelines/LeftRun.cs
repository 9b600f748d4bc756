using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines;

/// <summary>A run that a tick could not take up; the next tick tries again.</summary>
/// <param name="Run">The run.</param>
/// <param name="Failure">Why.</param>
public sealed record LeftRun(RunKey Run, Exception Failure);
