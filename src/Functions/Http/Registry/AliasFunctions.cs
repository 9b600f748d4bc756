using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Registry;

/// <summary><c>/api/v1/models/{id}/aliases</c>: names that point to versions, now and at any time before.</summary>
public sealed class AliasFunctions(ModelRegistry registry, ModelAliases aliases)
{
    private const string Route = ModelFunctions.Route + "/{id}/aliases";

    /// <summary>Lists the aliases of a model.</summary>
    [Function("ListModelAliases")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answers<AliasList>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken) =>
        ApiResult.Ok(ModelMapping.Aliases((await registry.GetAsync(RequestCaller.TenantOf(request), id, cancellationToken)).Model), ModelViews.Default.AliasList);

    /// <summary>Shows what an alias points to, or pointed to <c>as_of</c> a moment; <c>production</c> is what was deployed.</summary>
    [Function("GetModelAlias")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("as_of", "A moment; now when absent.", Type = typeof(DateTimeOffset))]
    [Answers<AliasView>(typeof(ModelViews))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "alias_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{alias}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("An alias.", "production")] string alias, CancellationToken cancellationToken)
    {
        (AliasEntry entry, ModelVersion version) = await aliases.FindAsync(
            RequestCaller.TenantOf(request), id, alias, QueryParameters.Moment(request, "as_of"), cancellationToken);
        return ApiResult.Ok(ModelMapping.View(entry, version), ModelViews.Default.AliasView);
    }

    /// <summary>Points an alias to a version.</summary>
    [Function("SetModelAlias")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<AliasRequest>(typeof(ModelViews), """{"version": "v1", "reason": "best so far"}""")]
    [Answers<ModelVersionView>(typeof(ModelViews))]
    [Refuses(ProblemKind.Malformed, "alias_reserved", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "aliases_too_many")]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/{alias}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("An alias.", "champion")] string alias, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        AliasRequest body = await JsonBody.ReadAsync(request, ModelViews.Default.AliasRequest, cancellationToken);
        ModelVersion version = await aliases.SetAsync(tenant, id, alias, body.Version, RegistryRequest.Note(request, body.Reason), cancellationToken);
        ApiResult result = ApiResult.Ok(ModelMapping.View(version), ModelViews.Default.ModelVersionView);
        AuditNote.Of(request).After(result.Body);
        return result;
    }

    /// <summary>Removes an alias; one that is not there stays so. <c>reason</c> is kept in the history.</summary>
    [Function("RemoveModelAlias")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Query("reason", "Why; kept in the history.", Example = "replaced")]
    [Answer(StatusCodes.Status204NoContent)]
    [Refuses(ProblemKind.Malformed, "alias_reserved", "parameter_unknown", "reason_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{alias}")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("An alias.", "champion")] string alias, CancellationToken cancellationToken)
    {
        QueryParameters.RequireOnly(request, "reason");
        await aliases.RemoveAsync(
            RequestCaller.TenantOf(request), id, alias, RegistryRequest.Note(request, QueryParameters.Text(request, "reason")), cancellationToken);
        return ApiResult.NoContent;
    }
}
