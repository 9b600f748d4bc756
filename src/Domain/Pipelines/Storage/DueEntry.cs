namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>Says that a pipeline has a slot at a moment; only the pipeline itself says whether that still holds.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="Slot">The moment (UTC).</param>
internal sealed record DueEntry(string Tenant, string PipelineId, DateTimeOffset Slot);
