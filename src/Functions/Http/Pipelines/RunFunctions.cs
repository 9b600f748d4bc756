using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Runs of pipelines over HTTP.</summary>
/// <param name="pipelines">Does the work.</param>
/// <param name="watcher">Follows runs.</param>
/// <param name="ledger">Remembers triggers by their Idempotency-Key.</param>
public sealed class RunFunctions(PipelineService pipelines, RunWatcher watcher, IdempotencyLedger ledger)
{
    // A trigger says nothing but which pipeline, and that is part of the operation's name.
    private const string NoBody = "";

    /// <summary>Starts a run: 202, with its address as Location; 409 while another is under way.</summary>
    [Function("TriggerPipeline")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Idempotent]
    [Answers<TriggeredRun>(typeof(PipelineWire), StatusCodes.Status202Accepted)]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    [Refuses(ProblemKind.Conflict, "run_active")]
    public async Task<IResult> TriggerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Pipeline + "/trigger")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ResourceName.Require(pipelineId, "pipeline_id");
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            $"trigger-pipeline/{pipelineId}",
            NoBody,
            async (id, token) =>
            {
                PipelineRun run = await pipelines.TriggerAsync(tenant, pipelineId, id, new DurableRunOrchestrations(client), token);
                TriggeredRun answer = new(pipelineId, run.Id, "started", run.CreatedAt);
                return ApiResult.Accepted(PipelineRoutes.Of(pipelineId, run.Id), answer, PipelineWire.Default.TriggeredRun);
            },
            cancellationToken);
    }

    /// <summary>A page of runs, newest first.</summary>
    [Function("ListPipelineRuns")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ResultPage<RunSummary>>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Runs)] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        CancellationToken cancellationToken)
    {
        ResultPage<PipelineRun> runs = await pipelines.ListRunsAsync(RequestCaller.TenantOf(request), pipelineId, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(runs.Select(RunSummary.Of), PipelineWire.Default.ResultPageRunSummary);
    }

    /// <summary>A run with every step, its times and its log.</summary>
    [Function("GetPipelineRun")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<RunDocument>(typeof(PipelineWire))]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found", "run_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Run)] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        [Path("The run's id.", "01900000-0000-7000-8000-000000000003")] string runId,
        CancellationToken cancellationToken) =>
        ApiResult.Ok(
            RunDocument.Of(await pipelines.ViewRunAsync(RequestCaller.TenantOf(request), pipelineId, runId, cancellationToken)),
            PipelineWire.Default.RunDocument);

    /// <summary>Asks for a run's cancellation: 202; the step that is under way is stopped within about a second.</summary>
    [Function("CancelPipelineRun")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Answers<RunSummary>(typeof(PipelineWire), StatusCodes.Status202Accepted)]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found", "run_not_found")]
    [Refuses(ProblemKind.Conflict, "run_ended")]
    public async Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PipelineRoutes.Run + "/cancel")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        [Path("The run's id.", "01900000-0000-7000-8000-000000000003")] string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        PipelineRun run = await pipelines.CancelRunAsync(RequestCaller.TenantOf(request), pipelineId, runId, new DurableRunOrchestrations(client), cancellationToken);
        ApiResult accepted = ApiResult.Accepted(PipelineRoutes.Of(pipelineId, run.Id), RunSummary.Of(run), PipelineWire.Default.RunSummary);
        AuditNote.Of(request).After(accepted.Body);
        return accepted;
    }

    /// <summary>A run's steps as Server-Sent Events, from the first to the run's end.</summary>
    [Function("WatchPipelineRun")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/event-stream")]
    [Refuses(ProblemKind.NotFound, "pipeline_not_found", "run_not_found")]
    public async Task<IResult> WatchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PipelineRoutes.Run + "/events")] HttpRequest request,
        [Path("The pipeline's id.", "01900000-0000-7000-8000-000000000002")] string pipelineId,
        [Path("The run's id.", "01900000-0000-7000-8000-000000000003")] string runId,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        await pipelines.GetRunAsync(tenant, pipelineId, runId, cancellationToken);
        IAsyncEnumerable<SseItem<string>> events = watcher.WatchAsync(tenant, pipelineId, runId, request.HttpContext.RequestAborted);
        return TypedResults.ServerSentEvents(events);
    }
}
