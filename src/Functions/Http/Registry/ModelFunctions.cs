using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Registry;

/// <summary><c>/api/v1/models</c>: make, list, show, describe, deploy and delete models. <c>{id}</c> is a model's id or name.</summary>
public sealed class ModelFunctions(
    ModelRegistry registry, ModelMetadata metadata, ModelRemoval removal, ModelHistory history, ModelDeployer deployer, IdempotencyLedger ledger)
{
    internal const string Route = "api/v1/models";

    /// <summary>Makes a model without a version; versions come by runs or by upload.</summary>
    [Function("CreateModel")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<CreateModelRequest>(typeof(ModelViews), """{"name": "melons", "description": "for the market", "tags": {"team": "red"}}""")]
    [Idempotent]
    [Answers<ModelView>(typeof(ModelViews), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Malformed, "name_invalid", "description_too_long", "tag_invalid", "tags_too_many")]
    [Refuses(ProblemKind.Conflict, "model_exists")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ChangeNote note = RegistryRequest.Note(request, reason: null);
        (CreateModelRequest body, string hash) = await JsonBody.ReadHashedAsync(request, ModelViews.Default.CreateModelRequest, cancellationToken);
        return await IdempotentRequest.RunAsync(ledger, request, "create-model", hash, (operationId, token) => CreateAsync(tenant, body, operationId, note, token), cancellationToken);
    }

    /// <summary>Lists models by name; <c>type</c>, <c>stage</c>, <c>name</c> (what it begins with) and <c>status</c> choose among them.</summary>
    [Function("ListModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "What names begin with.", Pattern = ResourceName.Pattern)]
    [Query("type", "The task: `classification`, `regression`.")]
    [Query("stage", "The stage of the version that stands for a model.")]
    [Query("status", "`training`, `deployed` or `deprecated`.")]
    [Paged]
    [Answers<ModelList>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "stage_invalid", "parameter_invalid")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        ResultPage<ModelOverview> page = await registry.ListAsync(
            RequestCaller.TenantOf(request), RegistryRequest.Filter(request), QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new ModelList([.. page.Items.Select(ModelMapping.View)], page.Continuation), ModelViews.Default.ModelList);
    }

    /// <summary>Shows a model: its deployed version, or the newest.</summary>
    [Function("GetModel")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<ModelView>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken) =>
        ApiResult.Ok(ModelMapping.View(await registry.GetAsync(RequestCaller.TenantOf(request), id, cancellationToken)), ModelViews.Default.ModelView);

    /// <summary>Describes a model: its description, its tags.</summary>
    [Function("UpdateModel")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<EditRequest>(typeof(ModelViews), """{"description": "apples and melons", "tags": {"team": "red"}, "remove_tags": ["owner"], "reason": "as asked"}""")]
    [Answers<ModelView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "description_too_long", "tag_invalid", "tags_too_many", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> UpdateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/{id}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        EditRequest body = await JsonBody.ReadAsync(request, ModelViews.Default.EditRequest, cancellationToken);
        await metadata.EditAsync(tenant, id, body.ToEdit(), RegistryRequest.Note(request, body.Reason), cancellationToken);
        ApiResult result = ApiResult.Ok(ModelMapping.View(await registry.GetAsync(tenant, id, cancellationToken)), ModelViews.Default.ModelView);
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    /// <summary>Deletes a model with its versions, unless one is deployed; <c>reason</c> is kept in the history.</summary>
    [Function("DeleteModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Query("reason", "Why; kept in the history.", Example = "replaced")]
    [Answers<DeletionView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "parameter_unknown", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    [Refuses(ProblemKind.Conflict, "model_in_use")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{id}")] HttpRequest request, [Path("A model's id or name.", "melons")] string id, CancellationToken cancellationToken)
    {
        QueryParameters.RequireOnly(request, "reason");
        Deletion deletion = await removal.DeleteModelAsync(
            RequestCaller.TenantOf(request), id, RegistryRequest.Note(request, QueryParameters.Text(request, "reason")), cancellationToken);
        ApiResult result = ApiResult.Ok(ModelMapping.View(deletion), ModelViews.Default.DeletionView);
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    /// <summary>Deploys a version, the newest unless the body names one: all traffic at once, or the share in <c>traffic</c>.</summary>
    [Function("DeployModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<DeployRequest>(typeof(ModelViews), """{"version": "v1", "strategy": "blue_green"}""", IsOptional = true)]
    [Idempotent]
    [Answers<DeploymentView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "reason_too_long", "strategy_invalid", "canary_steps_invalid", "canary_setting_out_of_range", "canary_share_unused", "traffic_percent_invalid", "traffic_sum_invalid", "traffic_version_repeated")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "operation_withdrawn", "stage_transition_refused", "model_file_elsewhere", "model_changed_meanwhile", "model_corrupt", "deployment_schema_differs", "traffic_too_fragmented")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "canary_running", "canary_baseline_split", "canary_version_deployed")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public async Task<IResult> DeployAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/deploy")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (DeployRequest body, string hash) = await JsonBody.ReadOptionalHashedAsync(request, ModelViews.Default.DeployRequest, new DeployRequest(), cancellationToken);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("deploy-model", id),
            hash,
            async (operationId, token) => ApiResult.Ok(
                await deployer.DeployViewAsync(tenant, id, body.ToRollout(), operationId, note, client, token), ModelViews.Default.DeploymentView),
            cancellationToken);
    }

    /// <summary>Lists what happened to a model, newest first, even to one that was deleted.</summary>
    [Function("ListModelHistory")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<EventList>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    public async Task<IResult> HistoryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}/history")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        ResultPage<ModelEvent> page = await history.ListAsync(RequestCaller.TenantOf(request), id, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new EventList([.. page.Items.Select(ModelMapping.View)], page.Continuation), ModelViews.Default.EventList);
    }

    private async Task<ApiResult> CreateAsync(TenantId tenant, CreateModelRequest body, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        MetadataEdit edit = new EditRequest(body.Description, body.Tags).ToEdit();
        RegisteredModel model = await registry.CreateAsync(tenant, body.Name, edit, operationId, note, cancellationToken);
        return ApiResult.Created($"/{Route}/{model.Id}", ModelMapping.View(new ModelOverview(model, Version: null)), ModelViews.Default.ModelView);
    }
}
