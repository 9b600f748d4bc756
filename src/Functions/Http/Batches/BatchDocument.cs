using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;

namespace Trainyard.Functions.Http.Batches;

/// <summary>A prediction job.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="ModelId">The id of its model.</param>
/// <param name="ModelName">The name of its model.</param>
/// <param name="Version">The version that predicts, as <c>v5</c>; settled when the job was started.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="TotalItems">Rows; 0 until they were counted.</param>
/// <param name="CompletedItems">Rows predicted.</param>
/// <param name="FailedItems">Rows that could not be predicted.</param>
/// <param name="Progress">The share of rows that is over, 0 to 1.</param>
/// <param name="Results">The first results once the job is over; <c>…/results</c> has them all. Empty in lists.</param>
/// <param name="Source">What is read.</param>
/// <param name="IdColumn">The column written beside each prediction.</param>
/// <param name="OutputFormat">How the file of results is written.</param>
/// <param name="FailedRows">Stretches of rows that were set aside, the first twenty.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Result">The file of results; null until it is whole.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="CancelRequestedAt">When its cancellation was asked for.</param>
internal sealed record BatchDocument(
    string JobId,
    string ModelId,
    string ModelName,
    string Version,
    BatchStatus Status,
    long TotalItems,
    long CompletedItems,
    long FailedItems,
    double Progress,
    IReadOnlyList<ResultRow> Results,
    BatchSourceDocument Source,
    string? IdColumn,
    ResultFormat OutputFormat,
    IReadOnlyList<FailedRows> FailedRows,
    BatchFailure? Failure,
    BatchResultDocument? Result,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? CancelRequestedAt)
{
    /// <summary>Results that a job is shown with at most.</summary>
    public const int MaxResults = 20;

    public static BatchDocument Of(BatchJob job, IReadOnlyList<ResultRow>? results = null) => new(
        job.Id,
        job.Model.ModelId,
        job.Model.ModelName,
        job.Model.Label,
        job.Status,
        job.TotalItems ?? 0,
        job.CompletedItems,
        job.FailedItems,
        job.Progress,
        results ?? [],
        BatchSourceDocument.Of(job.Source),
        job.IdColumn,
        job.Format,
        job.FailedRows,
        job.Failure,
        BatchResultDocument.Of(job),
        job.CreatedAt,
        job.StartedAt,
        job.FinishedAt,
        job.CancelRequestedAt);
}
