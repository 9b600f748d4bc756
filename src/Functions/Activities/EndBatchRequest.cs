using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Activities;

/// <summary>How a job ends without results.</summary>
/// <param name="Job">The job.</param>
/// <param name="Outcome">Failed or cancelled.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record EndBatchRequest(BatchKey Job, BatchStatus Outcome, BatchFailure? Failure);
