using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Pipelines over HTTP.</summary>
/// <param name="pipelines">Does the work.</param>
/// <param name="ledger">Remembers creations by their Idempotency-Key.</param>
public sealed class PipelineFunctions(PipelineService pipelines, IdempotencyLedger ledger)
{
    /// <summary>Creates a pipeline: 201.</summary>
    [Function("CreatePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<PipelineDefinition>(typeof(PipelineWire), """{"model_name": "fruit", "dataset_uri": "dataset://fruit", "target_column": "kind", "target_metric": "accuracy", "threshold": 0.9, "auto_deploy": true, "schedule": "daily"}""")]
    [Idempotent]
    [Answers<CreatedPipeline>(typeof(PipelineWire), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Malformed, "name_invalid", "dataset_uri_invalid", "url_invalid", "personal_columns_invalid")]
    [Refuses(ProblemKind.NotFound, "dataset_not_found", "dataset_version_not_found", "dataset_source_not_found")]
    [Refuses(ProblemKind.Conflict, "dataset_corrupt")]
    [Refuses(ProblemKind.TooLarge, "dataset_too_large", "dataset_line_too_long", "url_too_large")]
    [Refuses(ProblemKind.Unprocessable, "field_required", "text_invalid", "seed_out_of_range", "model_type_unknown", "monotone_invalid", "personal_column_unknown")]
    [Refuses(ProblemKind.Unprocessable, "metric_unknown", "metric_task_mismatch", "threshold_out_of_range")]
    [Refuses(ProblemKind.Unprocessable, "schedule_invalid", "schedule_never_due", "schedule_too_frequent", "time_budget_out_of_range")]
    [Refuses(ProblemKind.Unprocessable, "time_column_required", "time_column_unsupported", "horizon_out_of_range", "frequency_unknown", "frequency_mismatch", "setting_out_of_range", "monotone_unsupported")]
    [Refuses(ProblemKind.Unprocessable, "dataset_scheme_unsupported", "dataset_scheme_disabled", "dataset_container_forbidden", "dataset_path_outside", "dataset_format_unknown")]
    [Refuses(ProblemKind.Unprocessable, "url_forbidden", "url_unreachable")]
    [RefusesData("csv_*", "ndjson_*", "gzip_invalid", "target_missing", "target_all_missing", "target_constant", "target_one_class", "target_not_numeric", "target_not_two_classes", "target_too_many_classes", "target_unused", "series_*", "column_missing")]
    public async Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipelines)] HttpRequest request, CancellationToken cancellationToken)
    {
        (PipelineDefinition definition, string hash) = await JsonBody.ReadHashedAsync(request, PipelineWire.Default.PipelineDefinition, cancellationToken);
        Caller caller = RequestCaller.Of(request);
        if (definition.AutoDeploy == true && !caller.May(Scopes.Deploy))
        {
            // Its runs will deploy without asking anybody.
            throw AccessProblems.ScopeMissing(Scopes.Deploy);
        }

        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            "create-pipeline",
            hash,
            async (id, token) =>
            {
                Pipeline pipeline = await pipelines.CreateAsync(caller.Tenant, id, definition, token);
                return ApiResult.Created(PipelineRoutes.Of(pipeline.Id), CreatedPipeline.Of(pipeline), PipelineWire.Default.CreatedPipeline);
            },
            cancellationToken);
    }

    /// <summary>A page of pipelines, each with its latest run.</summary>
    [Function("ListPipelines")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ResultPage<PipelineDocument>>(typeof(PipelineWire))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Pipelines)] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ResultPage<Pipeline> page = await pipelines.ListAsync(tenant, QueryParameters.Page(request), cancellationToken);
        PipelineDocument[] documents = await Task.WhenAll(page.Items.Select(pipeline => DocumentAsync(tenant, pipeline, cancellationToken)));
        return ApiResult.Ok(new ResultPage<PipelineDocument>(documents, page.Continuation), PipelineWire.Default.ResultPagePipelineDocument);
    }

    /// <summary>A pipeline with its latest run.</summary>
    [Function("GetPipeline")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<PipelineDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Pipeline)] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken) =>
        await DescribeAsync(request, await pipelines.GetAsync(RequestCaller.TenantOf(request), pipelineId, cancellationToken), cancellationToken);

    /// <summary>The metrics history, oldest first, of the newest <c>limit</c> measured runs.</summary>
    [Function("GetPipelineMetrics")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("limit", "Measured runs at most, the newest.", Type = typeof(long), Minimum = 1, Maximum = PageRequest.MaxLimit, Default = PipelineDefaults.HistoryLimit)]
    [Answers<MetricsDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.Malformed, "limit_out_of_range")]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    public async Task<IResult> MetricsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Pipeline + "/metrics")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken)
    {
        PageRequest newest = PageRequest.Create(QueryParameters.Integer(request, "limit") ?? PipelineDefaults.HistoryLimit, null);
        PipelineHistory history = await pipelines.GetHistoryAsync(RequestCaller.TenantOf(request), pipelineId, newest, cancellationToken);
        return ApiResult.Ok(MetricsDocument.Of(history), PipelineWire.Default.MetricsDocument);
    }

    /// <summary>Sets the gate for the runs to come.</summary>
    [Function("SetPipelineThreshold")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<ThresholdRequest>(typeof(PipelineWire), """{"threshold": 0.85}""")]
    [Answers<PipelineDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    [Refuses(ProblemKind.Unprocessable, "threshold_out_of_range")]
    public async Task<IResult> SetThresholdAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = PipelineRoutes.Pipeline + "/threshold")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken)
    {
        ThresholdRequest body = await JsonBody.ReadAsync(request, PipelineWire.Default.ThresholdRequest, cancellationToken);
        return await ChangeAsync(request, pipelineId, tenant => pipelines.SetThresholdAsync(tenant, pipelineId, body.Threshold, cancellationToken), cancellationToken);
    }

    /// <summary>Rests the schedule.</summary>
    [Function("PausePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Answers<PipelineDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    public async Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipeline + "/pause")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken) =>
        await ChangeAsync(request, pipelineId, tenant => pipelines.PauseAsync(tenant, pipelineId, cancellationToken), cancellationToken);

    /// <summary>Takes the schedule up again.</summary>
    [Function("ResumePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Answers<PipelineDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipeline + "/resume")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken) =>
        await ChangeAsync(request, pipelineId, tenant => pipelines.ResumeAsync(tenant, pipelineId, cancellationToken), cancellationToken);

    /// <summary>Deletes a pipeline with its runs: 204.</summary>
    [Function("DeletePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Answer(StatusCodes.Status204NoContent)]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    [Refuses(ProblemKind.Conflict, "run_active")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = PipelineRoutes.Pipeline)] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken)
    {
        await NoteBeforeAsync(request, pipelineId, cancellationToken);
        await pipelines.DeleteAsync(RequestCaller.TenantOf(request), pipelineId, cancellationToken);
        return ApiResult.NoContent;
    }

    private async Task<IResult> ChangeAsync(HttpRequest request, string pipelineId, Func<TenantId, Task<Pipeline>> change, CancellationToken cancellationToken)
    {
        await NoteBeforeAsync(request, pipelineId, cancellationToken);
        TenantId tenant = RequestCaller.TenantOf(request);
        ApiResult changed = ApiResult.Ok(await DocumentAsync(tenant, await change(tenant), cancellationToken), PipelineWire.Default.PipelineDocument);
        AuditNote.Of(request).After(changed.Body);
        return changed;
    }

    // What is not there, or is being removed, has nothing to note; the change itself says what holds of it.
    private async Task NoteBeforeAsync(HttpRequest request, string pipelineId, CancellationToken cancellationToken)
    {
        if (await pipelines.FindAsync(RequestCaller.TenantOf(request), pipelineId, cancellationToken) is { } before)
        {
            AuditNote.Of(request).Before(PipelineDocument.Of(before, latest: null), PipelineWire.Default.PipelineDocument);
        }
    }

    private async Task<IResult> DescribeAsync(HttpRequest request, Pipeline pipeline, CancellationToken cancellationToken) =>
        ApiResult.Ok(await DocumentAsync(RequestCaller.TenantOf(request), pipeline, cancellationToken), PipelineWire.Default.PipelineDocument);

    private async Task<PipelineDocument> DocumentAsync(TenantId tenant, Pipeline pipeline, CancellationToken cancellationToken) =>
        PipelineDocument.Of(pipeline, await pipelines.FindLatestRunAsync(tenant, pipeline.Id, cancellationToken));
}
