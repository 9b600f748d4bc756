using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines;

/// <summary>Everything that is known of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Steps">The steps that it has taken so far, in order.</param>
/// <param name="Evaluation">A <see cref="Steps.RunEvaluation"/> as JSON in UTF-8; null until measured.</param>
public sealed record RunView(PipelineRun Run, IReadOnlyList<RunStep> Steps, ReadOnlyMemory<byte>? Evaluation);
