namespace Trainyard.Domain.Batches;

/// <summary>Which jobs are wanted; null for any.</summary>
/// <param name="Status">Where they stand.</param>
/// <param name="Model">The id or name of their model.</param>
public sealed record BatchFilter(BatchStatus? Status = null, string? Model = null)
{
    /// <summary>Whether a job is one.</summary>
    public bool Lets(BatchJob job) =>
        (Status is null || job.Status == Status) && (Model is null || job.Model.ModelName == Model || job.Model.ModelId == Model);
}
