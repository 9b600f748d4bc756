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
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Mlops;

/// <summary><c>/mlops/models</c>: list, show, promote and deploy versions. <c>modelId</c> is a model's id or name.</summary>
public sealed class MlopsModelFunctions(ModelRegistry registry, ModelStages stages, ModelDeployer deployer, IdempotencyLedger ledger)
{
    internal const string Route = "mlops/models";
    private const string Version = Route + "/{modelId}/{version}";

    /// <summary>Lists the versions of model <c>modelId</c>, newest first; without it, of each model the one that stands for it.</summary>
    [Function("ListMlopsModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("modelId", "A model's id or name; all models when absent.", Pattern = ResourceName.Pattern)]
    [Query("name", "What names begin with.", Pattern = ResourceName.Pattern)]
    [Query("type", "The task: `classification`, `regression`.")]
    [Query("stage", "The stage of the version that stands for a model.")]
    [Query("status", "`training`, `deployed` or `deprecated`.")]
    [Paged]
    [Answers<MlopsModelList>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "stage_invalid", "parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        PageRequest page = QueryParameters.Page(request);
        MlopsModelList list = QueryParameters.Text(request, "modelId") is { } modelId
            ? await VersionsAsync(tenant, modelId, page, cancellationToken)
            : await ModelsAsync(tenant, RegistryRequest.Filter(request), page, cancellationToken);
        return ApiResult.Ok(list, MlopsWire.Default.MlopsModelList);
    }

    /// <summary>Shows a version.</summary>
    [Function("GetMlopsModel")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<MlopsModelView>(typeof(MlopsWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Version)] HttpRequest request, [Path("A model's id or name.", "fruit")] string modelId, [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string version, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        RegisteredModel model = (await registry.GetAsync(tenant, modelId, cancellationToken)).Model;
        ModelVersion found = await registry.GetVersionAsync(tenant, model.Name, version, cancellationToken);
        return ApiResult.Ok(MlopsMapping.View(model, found), MlopsWire.Default.MlopsModelView);
    }

    /// <summary>Moves a version to another stage; to production is to deploy it, in place of what was deployed.</summary>
    [Function("PromoteMlopsModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<PromoteRequest>(typeof(MlopsWire), """{"stage": "staging", "reason": "better"}""")]
    [Idempotent]
    [Answers<MlopsModelView>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "stage_invalid", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "stage_transition_refused", "model_changed_meanwhile", "model_version_in_use", "model_file_elsewhere", "operation_withdrawn")]
    public async Task<IResult> PromoteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Version + "/promote")] HttpRequest request, [Path("A model's id or name.", "fruit")] string modelId, [Path("`v5`, `5`, `1.4.0` or an alias.", "v2")] string version, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (PromoteRequest body, string hash) = await JsonBody.ReadHashedAsync(request, MlopsWire.Default.PromoteRequest, cancellationToken);
        ModelStage stage = StageName.Require(body.Stage, "stage");
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("promote-model", modelId, version),
            hash,
            async (operationId, token) =>
            {
                ModelVersion moved = await stages.MoveAsync(tenant, modelId, version, stage, operationId, note, token);
                RegisteredModel model = (await registry.GetAsync(tenant, modelId, token)).Model;
                return ApiResult.Ok(MlopsMapping.View(model, moved), MlopsWire.Default.MlopsModelView);
            },
            cancellationToken);
    }

    /// <summary>Deploys a version to production, even one that was deployed before; with stage <c>staging</c>, only makes it ready.</summary>
    [Function("DeployMlopsModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<MlopsDeployRequest>(typeof(MlopsWire), """{"modelId": "fruit", "version": "v1", "stage": "production"}""")]
    [Idempotent]
    [Answers<MlopsDeployment>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "stage_invalid", "reason_too_long", "strategy_invalid", "canary_steps_invalid", "canary_setting_out_of_range", "canary_share_unused", "traffic_percent_invalid", "traffic_sum_invalid", "traffic_version_repeated")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "stage_transition_refused", "model_changed_meanwhile", "model_file_elsewhere", "operation_withdrawn", "model_corrupt", "deployment_schema_differs", "traffic_too_fragmented")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "canary_running", "canary_baseline_split", "canary_version_deployed")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public async Task<IResult> DeployAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mlops/deploy")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (MlopsDeployRequest body, string hash) = await JsonBody.ReadHashedAsync(request, MlopsWire.Default.MlopsDeployRequest, cancellationToken);
        bool isStaging = MlopsStage.IsStaging(body.Stage);
        ChangeNote note = RegistryRequest.Note(request, body.Reason);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            "mlops-deploy",
            hash,
            (operationId, token) => isStaging ? StageAsync(tenant, body, operationId, note, token) : DeployAsync(tenant, body, operationId, note, client, token),
            cancellationToken);
    }

    private async Task<ApiResult> StageAsync(TenantId tenant, MlopsDeployRequest body, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelVersion staged = await stages.MoveAsync(tenant, body.ModelId, body.Version ?? MlopsStage.Newest, ModelStage.Staging, operationId, note, cancellationToken);
        return Answer(staged, "staged", predictUrl: null);
    }

    private async Task<ApiResult> DeployAsync(
        TenantId tenant, MlopsDeployRequest body, string operationId, ChangeNote note, DurableTaskClient client, CancellationToken cancellationToken)
    {
        (RegisteredModel model, int sequence, _) = await deployer.DeployAsync(tenant, body.ModelId, body.ToRollout(), operationId, note, client, cancellationToken);
        ModelVersion deployed = await registry.GetVersionAsync(tenant, model.Name, ModelVersion.LabelOf(sequence), cancellationToken);
        return Answer(deployed, body.Strategy == "canary" ? "canary" : "deployed", ModelMapping.PredictUrl(model));
    }

    private static ApiResult Answer(ModelVersion version, string status, string? predictUrl) => ApiResult.Ok(
        new MlopsDeployment(version.ModelName, version.Version.ToString(), version.Label, StageName.Of(version.Stage), status, predictUrl),
        MlopsWire.Default.MlopsDeployment);

    private async Task<MlopsModelList> VersionsAsync(TenantId tenant, string modelId, PageRequest page, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await registry.GetAsync(tenant, modelId, cancellationToken)).Model;
        ResultPage<ModelVersion> versions = await registry.VersionsAsync(tenant, model.Name, page, cancellationToken);
        return new([.. versions.Items.Select(version => MlopsMapping.View(model, version))], versions.Continuation);
    }

    private async Task<MlopsModelList> ModelsAsync(TenantId tenant, ModelFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<ModelOverview> models = await registry.ListAsync(tenant, filter, page, cancellationToken);
        return new([.. models.Items.Where(each => each.Version is not null).Select(each => MlopsMapping.View(each.Model, each.Version!))], models.Continuation);
    }
}
