using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines;

/// <summary>What a tick of <see cref="PipelineScheduler"/> did.</summary>
/// <param name="Recorded">Runs recorded by this tick and no other.</param>
/// <param name="Lost">Runs failed because their orchestration had ended without them.</param>
public sealed record TickReport(IReadOnlyList<SlotRun> Recorded, IReadOnlyList<RunKey> Lost);
