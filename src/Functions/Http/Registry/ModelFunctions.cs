using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Registry;

/// <summary><c>/api/v1/models</c>: list, show and deploy models. <c>{id}</c> is a model's id or name.</summary>
public sealed class ModelFunctions(ModelRegistry registry, IdempotencyLedger ledger)
{
    private const string Route = "api/v1/models";

    /// <summary>Lists models by name.</summary>
    [Function("ListModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ModelList>(typeof(ModelViews))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        ResultPage<ModelOverview> page = await registry.ListAsync(RequestCaller.TenantOf(request), QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new ModelList([.. page.Items.Select(ModelMapping.View)], page.Continuation), ModelViews.Default.ModelList);
    }

    /// <summary>Shows a model: its deployed version, or the newest.</summary>
    [Function("GetModel")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<ModelView>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken) =>
        ApiResult.Ok(ModelMapping.View(await registry.GetAsync(RequestCaller.TenantOf(request), id, cancellationToken)), ModelViews.Default.ModelView);

    /// <summary>Lists the versions of a model, newest first.</summary>
    [Function("ListModelVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<ModelVersionList>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    public async Task<IResult> VersionsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}/versions")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        ResultPage<ModelVersion> page = await registry.VersionsAsync(RequestCaller.TenantOf(request), id, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new ModelVersionList([.. page.Items.Select(ModelMapping.View)], page.Continuation), ModelViews.Default.ModelVersionList);
    }

    /// <summary>Deploys a version, the newest unless the body names one.</summary>
    [Function("DeployModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<DeployRequest>(typeof(ModelViews), """{"version": "v1"}""", IsOptional = true)]
    [Idempotent]
    [Answers<DeploymentView>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_version_not_found")]
    [Refuses(ProblemKind.Conflict, "operation_withdrawn")]
    public async Task<IResult> DeployAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/deploy")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (DeployRequest body, string hash) = await JsonBody.ReadOptionalHashedAsync(request, ModelViews.Default.DeployRequest, new DeployRequest(), cancellationToken);
        return await IdempotentRequest.RunAsync(
            ledger, request, $"deploy-model/{id}", hash, (operationId, token) => DeployAsync(tenant, id, body, operationId, token), cancellationToken);
    }

    private async Task<ApiResult> DeployAsync(TenantId tenant, string id, DeployRequest body, string operationId, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await registry.GetAsync(tenant, id, cancellationToken)).Model;
        int sequence = body.Version is null ? model.LatestSequence : (await registry.GetVersionAsync(tenant, model.Name, body.Version, cancellationToken)).Sequence;
        Deployment deployment = await registry.DeployAsync(tenant, model.Name, sequence, operationId, cancellationToken);
        DeploymentView view = new(
            model.Id,
            model.Name,
            ModelVersion.LabelOf(deployment.Sequence ?? sequence),
            deployment.PreviousSequence is { } previous ? ModelVersion.LabelOf(previous) : null,
            "deployed",
            deployment.DeployedAt,
            $"/{Route}/{model.Id}/predict");
        return ApiResult.Ok(view, ModelViews.Default.DeploymentView);
    }
}
