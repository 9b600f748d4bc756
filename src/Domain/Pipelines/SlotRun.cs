using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines;

/// <summary>A run that a schedule asked for.</summary>
/// <param name="Run">The run.</param>
/// <param name="Slot">The slot that it stands for.</param>
/// <param name="MissedSince">The first of the slots that were missed and are not made up for; null when none was.</param>
public sealed record SlotRun(RunKey Run, DateTimeOffset Slot, DateTimeOffset? MissedSince);
