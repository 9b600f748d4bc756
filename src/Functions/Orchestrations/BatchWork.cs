using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Orchestrations;

/// <summary>What a job's orchestration has before it.</summary>
/// <param name="Job">The job.</param>
/// <param name="NextChunk">The first stretch of rows that has not been begun.</param>
/// <param name="Chunks">Stretches of rows; 0 while they are not counted.</param>
/// <param name="Parallelism">How many may be predicted at once.</param>
public sealed record BatchWork(BatchKey Job, int NextChunk = 0, int Chunks = 0, int Parallelism = 0);
