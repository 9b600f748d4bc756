using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Json;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Http.Batches;

/// <summary>Prediction jobs over HTTP.</summary>
/// <param name="starter">Starts jobs.</param>
/// <param name="batches">Reads, cancels and removes them.</param>
/// <param name="results">Reads what came of them.</param>
/// <param name="watcher">Follows them.</param>
/// <param name="ledger">Remembers starts by their Idempotency-Key.</param>
/// <param name="options">Bounds.</param>
public sealed class BatchFunctions(
    BatchStarter starter, BatchService batches, BatchResults results, BatchWatcher watcher, IdempotencyLedger ledger, BatchOptions options)
{
    /// <summary>Starts a job that predicts many rows: 202, with its address as Location. What cannot work is refused at once, columns by name.</summary>
    [Function("StartBatch")]
    [Operation(Scopes.Predict, LimitClass.Write)]
    [Takes<BatchDefinition>(typeof(BatchWire), """{"model_id": "fruit", "dataset_uri": "dataset://fruit/1", "id_column": "size"}""")]
    [Idempotent]
    [Answers<BatchDocument>(typeof(BatchWire), StatusCodes.Status202Accepted)]
    [Refuses(ProblemKind.Malformed, "name_invalid", "dataset_uri_invalid", "url_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.NotFound, "dataset_not_found", "dataset_version_not_found", "dataset_source_not_found")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt", "model_file_elsewhere", "dataset_corrupt")]
    [Refuses(ProblemKind.TooLarge, "batch_rows_too_many", "url_too_large")]
    [Refuses(ProblemKind.Unprocessable, "field_required", "batch_rows_missing", "batch_rows_ambiguous", "batch_format_unknown", "batch_columns_missing", "batch_id_column_missing")]
    [Refuses(ProblemKind.Unprocessable, "instance_empty", "column_unknown", "column_is_target", "instances_unsupported", "model_too_large")]
    [Refuses(ProblemKind.Unprocessable, "dataset_scheme_unsupported", "dataset_scheme_disabled", "dataset_container_forbidden", "dataset_path_outside", "dataset_format_unknown")]
    [Refuses(ProblemKind.Unprocessable, "url_forbidden", "url_unreachable")]
    [Refuses(ProblemKind.Throttled, "batch_jobs_too_many")]
    [RefusesData("csv_*", "ndjson_*", "gzip_invalid")]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = BatchRoutes.Start)] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        (BatchDefinition definition, string hash) = await ReadAsync(request, cancellationToken);
        TenantId tenant = RequestCaller.TenantOf(request);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            "start-batch",
            hash,
            async (id, token) =>
            {
                BatchJob job = await starter.StartAsync(tenant, id, definition, new DurableBatchOrchestrations(client), token);
                return ApiResult.Accepted(BatchRoutes.Of(job.Id), BatchDocument.Of(job), BatchWire.Default.BatchDocument);
            },
            cancellationToken);
    }

    /// <summary>A page of jobs, newest first; it may have fewer than were asked for while more follow.</summary>
    [Function("ListBatches")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Query("status", "Only jobs that are `queued`, `running`, `completed`, `failed` or `cancelled`.")]
    [Query("model", "Only jobs of the model of this id or name.")]
    [Answers<ResultPage<BatchDocument>>(typeof(BatchWire))]
    [Refuses(ProblemKind.Malformed, "batch_status_unknown")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = BatchRoutes.Jobs)] HttpRequest request, CancellationToken cancellationToken)
    {
        BatchFilter filter = new(QueryParameters.Text(request, "status") is { } status ? BatchStatusName.Require(status) : null, QueryParameters.Text(request, "model"));
        ResultPage<BatchJob> page = await batches.ListAsync(RequestCaller.TenantOf(request), filter, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(page.Select(job => BatchDocument.Of(job)), BatchWire.Default.ResultPageBatchDocument);
    }

    /// <summary>A job, with its first results once it is over.</summary>
    [Function("GetBatch")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<BatchDocument>(typeof(BatchWire))]
    [Refuses(ProblemKind.NotFound, "batch_not_found")]
    [Refuses(ProblemKind.Conflict, "batch_results_gone")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = BatchRoutes.Job)] HttpRequest request,
        [Path("The job's id.", "01900000-0000-7000-8000-000000000004")] string jobId,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        BatchJob job = await batches.GetAsync(tenant, jobId, cancellationToken);
        IReadOnlyList<ResultRow> first = job.Result is null ? [] : (await results.ReadAsync(tenant, job, PageRequest.Create(BatchDocument.MaxResults, null), cancellationToken)).Items;
        return ApiResult.Ok(BatchDocument.Of(job, first), BatchWire.Default.BatchDocument);
    }

    /// <summary>
    /// Asks for a job's cancellation: 202; no further stretch of its rows is begun. With <c>remove=true</c> the job is removed with
    /// its results, as soon as it is over.
    /// </summary>
    [Function("CancelBatch")]
    [Operation(Scopes.Predict, LimitClass.Write)]
    [Query("remove", "`true` removes the job and its results too.", Example = "true")]
    [Answers<BatchDocument>(typeof(BatchWire), StatusCodes.Status202Accepted)]
    [Refuses(ProblemKind.Malformed, "parameter_invalid", "parameter_repeated", "parameter_unknown")]
    [Refuses(ProblemKind.NotFound, "batch_not_found")]
    [Refuses(ProblemKind.Conflict, "batch_over")]
    public async Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = BatchRoutes.Job)] HttpRequest request,
        [Path("The job's id.", "01900000-0000-7000-8000-000000000004")] string jobId,
        CancellationToken cancellationToken)
    {
        QueryParameters.RequireOnly(request, "remove");
        BatchJob job = await batches.CancelAsync(RequestCaller.TenantOf(request), jobId, QueryParameters.Flag(request, "remove"), cancellationToken);
        ApiResult accepted = ApiResult.Accepted(BatchRoutes.Of(job.Id), BatchDocument.Of(job), BatchWire.Default.BatchDocument);
        AuditNote.Of(request).After(accepted.Body);
        return accepted;
    }

    /// <summary>A page of results, in the order of the rows: a prediction, or why there is none.</summary>
    [Function("GetBatchResults")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ResultPage<ResultRow>>(typeof(BatchWire))]
    [Refuses(ProblemKind.NotFound, "batch_not_found")]
    [Refuses(ProblemKind.Conflict, "batch_not_over", "batch_without_results", "batch_results_gone")]
    public async Task<IResult> ResultsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = BatchRoutes.Results)] HttpRequest request,
        [Path("The job's id.", "01900000-0000-7000-8000-000000000004")] string jobId,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        PageRequest page = QueryParameters.Page(request);
        BatchJob job = await batches.GetAsync(tenant, jobId, cancellationToken);
        return ApiResult.Ok(await results.ReadAsync(tenant, job, page, cancellationToken), BatchWire.Default.ResultPageResultRow);
    }

    /// <summary>A job as Server-Sent Events: an event <c>job</c> each time that it changed, to its end.</summary>
    [Function("WatchBatch")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/event-stream")]
    [Refuses(ProblemKind.NotFound, "batch_not_found")]
    public async Task<IResult> WatchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = BatchRoutes.Job + "/events")] HttpRequest request,
        [Path("The job's id.", "01900000-0000-7000-8000-000000000004")] string jobId,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        await batches.GetAsync(tenant, jobId, cancellationToken);
        IAsyncEnumerable<SseItem<string>> events = watcher.WatchAsync(tenant, jobId, request.HttpContext.RequestAborted);
        return TypedResults.ServerSentEvents(events);
    }

    // Rows may come along, so that more bytes are taken than elsewhere.
    private async Task<(BatchDefinition Definition, string Hash)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, options.MaxBodyBytes, cancellationToken);
        BatchDefinition definition = StrictJson.Parse(body.Span, BatchWire.Default.BatchDefinition, JsonLimits.Default with { MaxBytes = options.MaxBodyBytes });
        return (definition, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
    }
}
