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
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.MlEngine;

/// <summary><c>/api/v1/ml</c>: the registry by names and versions in the path.</summary>
public sealed class MlModelFunctions(ModelRegistry registry, ModelRemoval removal, ModelDeployer deployer, IdempotencyLedger ledger)
{
    private const string Route = "api/v1/ml";
    private const string Version = "/{model_name}/{model_version}";

    /// <summary>Lists models by name; <c>type</c>, <c>stage</c>, <c>name</c> (what it begins with) and <c>status</c> choose among them.</summary>
    [Function("ListMlModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "What names begin with.", Pattern = ResourceName.Pattern)]
    [Query("type", "The task: `classification`, `regression`.")]
    [Query("stage", "The stage of the version that stands for a model.")]
    [Query("status", "`training`, `deployed` or `deprecated`.")]
    [Paged]
    [Answers<MlModelList>(typeof(MlWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "stage_invalid", "parameter_invalid")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/models")] HttpRequest request, CancellationToken cancellationToken)
    {
        ResultPage<ModelOverview> page = await registry.ListAsync(
            RequestCaller.TenantOf(request), RegistryRequest.Filter(request), QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new MlModelList([.. page.Items.Select(each => MlMapping.View(each.Model, each.Version))], page.Continuation), MlWire.Default.MlModelList);
    }

    /// <summary>Shows a model's deployed version, or the newest; <c>version</c> shows another.</summary>
    [Function("GetMlModelMetadata")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("version", "A version; what is deployed, else the newest, when absent.", Pattern = ResourceName.Pattern)]
    [Answers<MlModelMetadata>(typeof(MlWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> MetadataAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/models/{model_name}/metadata")] HttpRequest request, [Path("A model's id or name.", "fruit")] string model_name, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (RegisteredModel model, ModelVersion? version) = await registry.GetAsync(tenant, model_name, cancellationToken);
        if (QueryParameters.Text(request, "version") is { } label)
        {
            version = await registry.GetVersionAsync(tenant, model.Name, label, cancellationToken);
        }

        return ApiResult.Ok(MlMapping.View(model, version), MlWire.Default.MlModelMetadata);
    }

    /// <summary>Deploys a version: all traffic at once, or the share in <c>traffic</c>.</summary>
    [Function("DeployMlModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<MlDeployRequest>(typeof(MlWire), """{"strategy": "immediate", "reason": "better"}""", IsOptional = true)]
    [Idempotent]
    [Answers<MlDeployment>(typeof(MlWire))]
    [Refuses(ProblemKind.Malformed, "reason_too_long", "strategy_invalid", "canary_steps_invalid", "canary_setting_out_of_range", "canary_share_unused", "traffic_percent_invalid", "traffic_sum_invalid", "traffic_version_repeated")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "operation_withdrawn", "stage_transition_refused", "model_file_elsewhere", "model_changed_meanwhile", "model_corrupt", "deployment_schema_differs", "traffic_too_fragmented")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "canary_running", "canary_baseline_split", "canary_version_deployed")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public async Task<IResult> DeployAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/deploy" + Version)] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string model_name,
        [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string model_version,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (MlDeployRequest body, string hash) = await JsonBody.ReadOptionalHashedAsync(request, MlWire.Default.MlDeployRequest, new MlDeployRequest(), cancellationToken);
        RolloutRequest rollout = body.ToRollout(model_version);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("deploy-ml-model", model_name, model_version),
            hash,
            async (operationId, token) =>
            {
                DeploymentView view = await deployer.DeployViewAsync(tenant, model_name, rollout, operationId, note, client, token);
                return ApiResult.Ok(
                    new MlDeployment(Success: true, view.ModelName, view.Version, view.PreviousVersion, view.Status, view.DeployedAt), MlWire.Default.MlDeployment);
            },
            cancellationToken);
    }

    /// <summary>Deletes a version that is neither deployed nor aliased; <c>reason</c> is kept in the history.</summary>
    [Function("DeleteMlModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Query("reason", "Why; kept in the history.", Example = "replaced")]
    [Answers<MlDeletion>(typeof(MlWire))]
    [Refuses(ProblemKind.Malformed, "parameter_unknown", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found")]
    [Refuses(ProblemKind.Conflict, "model_version_in_use")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/models" + Version)] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string model_name,
        [Path("`v5`, `5`, `1.4.0` or an alias.", "v2")] string model_version,
        CancellationToken cancellationToken)
    {
        QueryParameters.RequireOnly(request, "reason");
        ModelVersion deleted = await removal.DeleteVersionAsync(
            RequestCaller.TenantOf(request), model_name, model_version, RegistryRequest.Note(request, QueryParameters.Text(request, "reason")), cancellationToken);
        ApiResult result = ApiResult.Ok(new MlDeletion(Success: true, deleted.ModelName, deleted.Label, "deleted", deleted.Deletion!.At), MlWire.Default.MlDeletion);
        AuditNote.Of(request).After(result.Body);
        return result;
    }
}
