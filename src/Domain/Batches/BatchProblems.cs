using System.Globalization;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Batches;

/// <summary>The refusals of prediction jobs.</summary>
internal static class BatchProblems
{
    private const int MaxNamesShown = 50;
    private const int MaxShown = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    public static ProblemException NotFound(string jobId) => new(new Problem(
        ProblemKind.NotFound, "batch_not_found", $"There is no prediction job '{jobId}'; GET /api/v1/predictions lists what there is.", "job_id"));

    public static ProblemException TooManyJobs(int maxActive) => new(
        new Problem(
            ProblemKind.Throttled,
            "batch_jobs_too_many",
            string.Create(CultureInfo.InvariantCulture, $"{maxActive} prediction jobs are under way, which is as many as may be at once; wait for one to end, or cancel one. The setting is Trainyard:Batches:MaxActiveJobs."))
        {
            RetryAfter = RetryAfter,
        });

    public static ProblemException NoRows(string field) => new(new Problem(
        ProblemKind.Unprocessable, "batch_rows_missing", "Say where the rows are by 'dataset_uri', or send one or more as 'instances'.", field));

    public static ProblemException TwoSources() => new(new Problem(
        ProblemKind.Unprocessable, "batch_rows_ambiguous", "Send either 'dataset_uri' or 'instances', not both.", "instances"));

    public static ProblemException TooManyRows(int maxRows, string? field) => new(new Problem(
        ProblemKind.TooLarge,
        "batch_rows_too_many",
        string.Create(CultureInfo.InvariantCulture, $"There are more than the {maxRows} rows that one prediction job may have; cut them into several. The setting is Trainyard:Batches:MaxRows."),
        field));

    public static ProblemException FormatUnknown(string format) => new(new Problem(
        ProblemKind.Unprocessable, "batch_format_unknown", $"There is no output format '{Shorten(format)}'; use csv or jsonl.", "output_format"));

    public static ProblemException ColumnsMissing(IReadOnlyList<string> missing, IReadOnlyCollection<string> present) => new(new Problem(
        ProblemKind.Unprocessable,
        "batch_columns_missing",
        $"The rows lack columns that the model reads: {Names(missing)}.{Suggestion.Sentence(missing[0], present)} A column without a value in any row may be there empty.",
        missing[0]));

    public static ProblemException IdColumnMissing(string column, IReadOnlyCollection<string> present) => new(new Problem(
        ProblemKind.Unprocessable,
        "batch_id_column_missing",
        $"The rows have no column '{Shorten(column)}' to name them by.{Suggestion.Sentence(column, present)}",
        "id_column"));

    public static ProblemException NotOver(BatchJob job) => new(new Problem(
        ProblemKind.Conflict,
        "batch_not_over",
        string.Create(CultureInfo.InvariantCulture, $"Prediction job '{job.Id}' is {Word(job)}, {job.CompletedItems + job.FailedItems} rows done; its results are there when it has completed. GET /api/v1/predictions/{job.Id}/events tells when."),
        "job_id"));

    public static ProblemException WithoutResults(BatchJob job) => new(new Problem(
        ProblemKind.Conflict, "batch_without_results", $"Prediction job '{job.Id}' has {Word(job)} and left no results; GET /api/v1/predictions/{job.Id} says why.", "job_id"));

    public static ProblemException ResultsGone(BatchJob job) => new(new Problem(
        ProblemKind.Conflict, "batch_results_gone", $"The file of results of prediction job '{job.Id}' is gone or damaged; start the job again.", "job_id"));

    public static ProblemException Over(BatchJob job) => new(new Problem(
        ProblemKind.Conflict, "batch_over", $"Prediction job '{job.Id}' has {Word(job)}, so there is nothing to cancel. With ?remove=true it is removed with its results.", "job_id"));

    public static ProblemException StatusUnknown(string status) => new(new Problem(
        ProblemKind.Malformed, "batch_status_unknown", $"There is no status '{Shorten(status)}'; use queued, running, completed, failed or cancelled.", "status"));

    /// <summary>What was recorded when the job was planned is not what is there now.</summary>
    public static ProblemException SourceGone() => new(new Problem(
        ProblemKind.Conflict, "batch_source_gone", "The rows were deleted or altered while the job ran; start it again from what there is now."));

    public static ProblemException ModelGone() => new(new Problem(
        ProblemKind.Conflict, "batch_model_gone", "The job's copy of the model file was deleted or altered while it ran; start it again."));

    public static ProblemException PartGone() => new(new Problem(
        ProblemKind.Conflict, "batch_part_gone", "The results of a stretch of rows were deleted or altered while the job ran; start it again."));

    private static string Word(BatchJob job) => BatchStatusName.Of(job.Status);

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MaxNamesShown).Select(Shorten)) + (names.Count > MaxNamesShown ? ", …" : string.Empty);

    private static string Shorten(string text) => text.Length > MaxShown ? string.Concat(text.AsSpan(0, MaxShown), "…") : text;
}
