using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>What a rule wants written, all or none.</summary>
/// <param name="Pipeline">The new pipeline; null leaves it.</param>
/// <param name="Run">The new run; null leaves it.</param>
/// <param name="Metrics">A point of the history that belongs to the run; null for none.</param>
/// <param name="RequestId">The request that recorded the run, by which a repeat of it finds the run; null for none.</param>
internal sealed record PipelineChange(Pipeline? Pipeline = null, PipelineRun? Run = null, RunMetrics? Metrics = null, string? RequestId = null);
