namespace Trainyard.Domain.Batches.Storage;

/// <summary>A job after a change was asked for.</summary>
/// <param name="Job">As it is then.</param>
/// <param name="ByThisCall">Whether this call changed it.</param>
internal sealed record BatchChange(BatchJob Job, bool ByThisCall);
