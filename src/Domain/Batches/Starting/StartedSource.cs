namespace Trainyard.Domain.Batches.Starting;

/// <summary>The rows of a job that is being started.</summary>
/// <param name="Source">Where they are.</param>
/// <param name="Rows">How many; null when they have not been counted.</param>
internal sealed record StartedSource(BatchSource Source, int? Rows);
