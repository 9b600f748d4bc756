using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines;

/// <summary>What a tick of <see cref="PipelineScheduler"/> did.</summary>
/// <param name="Recorded">Runs recorded by this tick and no other.</param>
/// <param name="Lost">Runs undone and ended by this tick and no other, because their orchestration had ended without them.</param>
/// <param name="Left">Runs that could not be taken up.</param>
public sealed record TickReport(IReadOnlyList<SlotRun> Recorded, IReadOnlyList<RunKey> Lost, IReadOnlyList<LeftRun> Left);
