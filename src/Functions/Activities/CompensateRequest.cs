using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Activities;

/// <summary>What is undone.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcome">Failed or cancelled.</param>
public sealed record CompensateRequest(RunKey Run, RunStatus Outcome);
