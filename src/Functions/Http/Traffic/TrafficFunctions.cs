using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Traffic;

/// <summary><c>/api/v1/models/{id}/traffic</c>: which versions answer a model's requests, now and at any time before, what was seen of them, and the way back.</summary>
public sealed class TrafficFunctions(ModelTraffic traffic, TallyBook book, IdempotencyLedger ledger)
{
    private const string Route = ModelFunctions.Route + "/{id}/";

    /// <summary>Shows what is in production of a model: every version that answers, with its share; <c>as_of</c> shows a moment before.</summary>
    [Function("GetModelTraffic")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("as_of", "A moment; now when absent.", Type = typeof(DateTimeOffset))]
    [Answers<TrafficView>(typeof(TrafficWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "deployment_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "traffic")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        (RegisteredModel model, Deployment deployment) = await FindAsync(request, id, cancellationToken);
        return ApiResult.Ok(TrafficMapping.View(model, deployment), TrafficWire.Default.TrafficView);
    }

    /// <summary>Divides the traffic of a model among versions. A caller stays with a version for as long as its share does not shrink.</summary>
    [Function("SetModelTraffic")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<TrafficRequest>(typeof(TrafficWire), """{"shares": [{"version": "v1", "percent": 100}], "shadows": [], "log_rate": 0.5, "reason": "enough is known"}""")]
    [Idempotent]
    [Answers<TrafficView>(typeof(TrafficWire))]
    [Refuses(ProblemKind.Malformed, "traffic_percent_invalid", "traffic_sum_invalid", "traffic_version_repeated", "traffic_versions_too_many", "log_rate_invalid", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_changed_meanwhile", "model_not_deployed", "deployment_schema_differs", "stage_transition_refused")]
    [Refuses(ProblemKind.Conflict, "model_file_elsewhere", "traffic_too_fragmented", "operation_withdrawn")]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "traffic")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (TrafficRequest body, string hash) = await JsonBody.ReadHashedAsync(request, TrafficWire.Default.TrafficRequest, cancellationToken);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await ChangeAsync(
            request, id, "set-traffic", hash, (operation, token) => traffic.SetAsync(tenant, id, body.ToChange(), operation, note, token), cancellationToken);
    }

    /// <summary>Goes back to the version that was in production before; of a split, gives all traffic to the version in production.</summary>
    [Function("RollbackModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<RollbackRequest>(typeof(TrafficWire), """{"reason": "it forgets melons"}""", IsOptional = true)]
    [Idempotent]
    [Answers<TrafficView>(typeof(TrafficWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    [Refuses(ProblemKind.Conflict, "rollback_unavailable", "model_changed_meanwhile", "operation_withdrawn")]
    public async Task<IResult> RollbackAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "rollback")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (RollbackRequest body, string hash) = await JsonBody.ReadOptionalHashedAsync(request, TrafficWire.Default.RollbackRequest, new RollbackRequest(), cancellationToken);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await ChangeAsync(
            request, id, "rollback-model", hash, (operation, token) => traffic.RollbackAsync(tenant, id, operation, note, token), cancellationToken);
    }

    /// <summary>Tells what was seen while traffic was split or shadowed, since the deployment that is shown: failures and latencies of each version, and how the answers of each shadow differ.</summary>
    [Function("ReportModelTraffic")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("as_of", "A moment; now when absent.", Type = typeof(DateTimeOffset))]
    [Answers<TrafficReport>(typeof(TrafficWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "deployment_not_found")]
    public async Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "traffic/report")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        (RegisteredModel model, Deployment deployment) = await FindAsync(request, id, cancellationToken);
        await book.FlushAsync(cancellationToken);
        (IReadOnlyDictionary<int, VersionCounts> versions, IReadOnlyDictionary<int, ShadowCounts> shadows) =
            await book.ReadAsync(RequestCaller.TenantOf(request), model.Name, deployment.Number, cancellationToken);
        return ApiResult.Ok(TrafficMapping.Report(model, deployment, versions, shadows), TrafficWire.Default.TrafficReport);
    }

    private Task<(RegisteredModel Model, Deployment Deployment)> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        traffic.GetAsync(RequestCaller.TenantOf(request), id, QueryParameters.Moment(request, "as_of"), cancellationToken);

    private Task<ApiResult> ChangeAsync(
        HttpRequest request, string id, string change, string hash, Func<string, CancellationToken, Task<Deployment>> make, CancellationToken cancellationToken) =>
        IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation(change, id),
            hash,
            async (operation, token) =>
            {
                Deployment deployment = await make(operation, token);
                (RegisteredModel model, _) = await traffic.GetAsync(RequestCaller.TenantOf(request), id, asOf: null, token);
                return ApiResult.Ok(TrafficMapping.View(model, deployment), TrafficWire.Default.TrafficView);
            },
            cancellationToken);
}
