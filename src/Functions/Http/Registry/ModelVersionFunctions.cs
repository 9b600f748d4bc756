using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Registry;

/// <summary>
/// <c>/api/v1/models/{id}/versions</c>: list, show, describe and delete versions. <c>{version}</c> is <c>v5</c>, <c>5</c>,
/// <c>1.4.0</c> or an alias.
/// </summary>
public sealed class ModelVersionFunctions(ModelRegistry registry, ModelMetadata metadata, ModelRemoval removal)
{
    internal const string Route = ModelFunctions.Route + "/{id}/versions";

    /// <summary>Lists the versions of a model, newest first; <c>include_deleted=true</c> shows what stays of deleted ones.</summary>
    [Function("ListModelVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("include_deleted", "Whether what stays of deleted versions is shown: `true` or `false`.")]
    [Paged]
    [Answers<ModelVersionList>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        ResultPage<ModelVersion> page = await registry.VersionsAsync(
            RequestCaller.TenantOf(request), id, QueryParameters.Page(request), cancellationToken, QueryParameters.Flag(request, "include_deleted"));
        return ApiResult.Ok(new ModelVersionList([.. page.Items.Select(ModelMapping.View)], page.Continuation), ModelViews.Default.ModelVersionList);
    }

    /// <summary>Shows a version.</summary>
    [Function("GetModelVersion")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<ModelVersionView>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{version}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string version, CancellationToken cancellationToken) =>
        Answer(await registry.GetVersionAsync(RequestCaller.TenantOf(request), id, version, cancellationToken));

    /// <summary>Describes a version: its description, its tags.</summary>
    [Function("UpdateModelVersion")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<EditRequest>(typeof(ModelViews), """{"description": "the first"}""")]
    [Answers<ModelVersionView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "description_too_long", "tag_invalid", "tags_too_many", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> UpdateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/{version}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string version, CancellationToken cancellationToken)
    {
        EditRequest body = await JsonBody.ReadAsync(request, ModelViews.Default.EditRequest, cancellationToken);
        ApiResult result = Answer(await metadata.EditVersionAsync(
            RequestCaller.TenantOf(request), id, version, body.ToEdit(), RegistryRequest.Note(request, body.Reason), cancellationToken));
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    /// <summary>Deletes a version that is neither deployed nor aliased; <c>reason</c> is kept. What stays tells who and why.</summary>
    [Function("DeleteModelVersion")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Query("reason", "Why; kept in the history.", Example = "replaced")]
    [Answers<ModelVersionView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "parameter_unknown", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found")]
    [Refuses(ProblemKind.Conflict, "model_version_in_use")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{version}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("`v5`, `5`, `1.4.0` or an alias.", "v2")] string version, CancellationToken cancellationToken)
    {
        QueryParameters.RequireOnly(request, "reason");
        ModelVersion deleted = await removal.DeleteVersionAsync(
            RequestCaller.TenantOf(request), id, version, RegistryRequest.Note(request, QueryParameters.Text(request, "reason")), cancellationToken);
        ApiResult result = Answer(deleted);
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    private static ApiResult Answer(ModelVersion version) => ApiResult.Ok(ModelMapping.View(version), ModelViews.Default.ModelVersionView);
}
