namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>What became of an attempt to end a run.</summary>
/// <param name="Run">The run as it now is.</param>
/// <param name="ByThisCall">Whether this call ended it, and no other.</param>
public sealed record RunEnd(PipelineRun Run, bool ByThisCall);
