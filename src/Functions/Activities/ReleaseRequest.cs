using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;

namespace Trainyard.Functions.Activities;

/// <summary>What is decided upon.</summary>
/// <param name="Run">The run.</param>
/// <param name="Measured">The model and its metrics.</param>
/// <param name="Outcome">How the run stands so far: rejected until the gate is passed.</param>
public sealed record ReleaseRequest(RunKey Run, MeasuredModel Measured, RunStatus Outcome);
