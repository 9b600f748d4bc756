namespace Trainyard.Domain.Batches.Storage;

/// <summary>An entry of the list of jobs, newest first.</summary>
/// <param name="JobId">The job.</param>
internal sealed record BatchPointer(string JobId);
