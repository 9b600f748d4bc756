using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>Says that a run may be under way; only the run itself says whether that holds.</summary>
/// <param name="Run">The run.</param>
/// <param name="RecordedAt">When the run was recorded.</param>
internal sealed record ActiveEntry(RunKey Run, DateTimeOffset RecordedAt);
