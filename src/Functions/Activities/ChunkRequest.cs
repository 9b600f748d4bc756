using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Activities;

/// <summary>A stretch of a job's rows.</summary>
/// <param name="Job">The job.</param>
/// <param name="Chunk">The stretch, from 0.</param>
/// <param name="Failure">Why it is set aside; null when it is to be predicted.</param>
public sealed record ChunkRequest(BatchKey Job, int Chunk, BatchFailure? Failure = null);
