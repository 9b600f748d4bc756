using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Pipelines over HTTP.</summary>
/// <param name="pipelines">Does the work.</param>
/// <param name="ledger">Remembers creations by their Idempotency-Key.</param>
public sealed class PipelineFunctions(PipelineService pipelines, IdempotencyLedger ledger)
{
    /// <summary>Creates a pipeline: 201.</summary>
    [Function("CreatePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
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
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Pipeline)] HttpRequest request,
        string pipelineId,
        CancellationToken cancellationToken) =>
        await DescribeAsync(request, await pipelines.GetAsync(RequestCaller.TenantOf(request), pipelineId, cancellationToken), cancellationToken);

    /// <summary>The metrics history, oldest first, of the newest <c>limit</c> measured runs.</summary>
    [Function("GetPipelineMetrics")]
    [Operation(Scopes.Read, LimitClass.Read)]
    public async Task<IResult> MetricsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Pipeline + "/metrics")] HttpRequest request,
        string pipelineId,
        CancellationToken cancellationToken)
    {
        PageRequest newest = PageRequest.Create(QueryParameters.Integer(request, "limit") ?? PipelineDefaults.HistoryLimit, null);
        PipelineHistory history = await pipelines.GetHistoryAsync(RequestCaller.TenantOf(request), pipelineId, newest, cancellationToken);
        return ApiResult.Ok(MetricsDocument.Of(history), PipelineWire.Default.MetricsDocument);
    }

    /// <summary>Sets the gate for the runs to come.</summary>
    [Function("SetPipelineThreshold")]
    [Operation(Scopes.Train, LimitClass.Write)]
    public async Task<IResult> SetThresholdAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = PipelineRoutes.Pipeline + "/threshold")] HttpRequest request,
        string pipelineId,
        CancellationToken cancellationToken)
    {
        ThresholdRequest body = await JsonBody.ReadAsync(request, PipelineWire.Default.ThresholdRequest, cancellationToken);
        return await ChangeAsync(request, pipelineId, tenant => pipelines.SetThresholdAsync(tenant, pipelineId, body.Threshold, cancellationToken), cancellationToken);
    }

    /// <summary>Rests the schedule.</summary>
    [Function("PausePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    public async Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipeline + "/pause")] HttpRequest request,
        string pipelineId,
        CancellationToken cancellationToken) =>
        await ChangeAsync(request, pipelineId, tenant => pipelines.PauseAsync(tenant, pipelineId, cancellationToken), cancellationToken);

    /// <summary>Takes the schedule up again.</summary>
    [Function("ResumePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipeline + "/resume")] HttpRequest request,
        string pipelineId,
        CancellationToken cancellationToken) =>
        await ChangeAsync(request, pipelineId, tenant => pipelines.ResumeAsync(tenant, pipelineId, cancellationToken), cancellationToken);

    /// <summary>Deletes a pipeline with its runs: 204.</summary>
    [Function("DeletePipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = PipelineRoutes.Pipeline)] HttpRequest request,
        string pipelineId,
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
