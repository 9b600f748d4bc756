using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary><c>/api/2.0/mlflow/registered-models/alias</c> and <c>…/get-latest-versions</c>: versions by what points to them.</summary>
public sealed class MlflowAliasFunctions(ModelRegistry registry, ModelAliases aliases, MlflowSearch search)
{
    private const string Route = "api/2.0/mlflow/registered-models";

    /// <summary>Points an alias to a version.</summary>
    [Function("SetMlflowAlias")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<AliasMlflowModel>(typeof(MlflowWire), """{"name": "fruit", "alias": "champion", "version": "1"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "alias_reserved", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "aliases_too_many")]
    public async Task<IResult> SetAliasAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/alias")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        AliasMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.AliasMlflowModel, cancellationToken);
        string version = body.Version ?? throw MlflowProblems.Invalid("The version that the alias shall point to is missing.", "version");
        await aliases.SetAsync(tenant, body.Name, body.Alias, version, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }

    /// <summary>Removes an alias; one that is not there stays so.</summary>
    [Function("DeleteMlflowAlias")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<AliasMlflowModel>(typeof(MlflowWire), """{"name": "fruit", "alias": "champion"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "alias_reserved")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> DeleteAliasAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/alias")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        AliasMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.AliasMlflowModel, cancellationToken);
        await aliases.RemoveAsync(tenant, body.Name, body.Alias, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }

    /// <summary>Shows the version that an alias points to.</summary>
    [Function("GetMlflowAlias")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "The model.", IsRequired = true, Example = "fruit")]
    [Query("alias", "The alias.", IsRequired = true, Example = "production")]
    [Answers<MlflowVersionAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "alias_not_found")]
    public async Task<IResult> GetAliasAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/alias")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        RegisteredModel model = (await registry.GetAsync(tenant, MlflowRequest.Required(request, "name"), cancellationToken)).Model;
        (_, ModelVersion version) = await aliases.FindAsync(tenant, model.Name, MlflowRequest.Required(request, "alias"), asOf: null, cancellationToken);
        return ApiResult.Ok(new MlflowVersionAnswer(MlflowMapping.View(model, version)), MlflowWire.Default.MlflowVersionAnswer);
    }

    /// <summary>Shows the newest version of each stage, or of those that are asked for.</summary>
    [Function("GetLatestMlflowVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "The model.", IsRequired = true, Example = "fruit")]
    [Query("stages", "A stage; may be repeated.")]
    [Answers<MlflowVersionPage>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> GetLatestVersionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/get-latest-versions")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await LatestAsync(tenant, MlflowRequest.Required(request, "name"), [.. request.Query["stages"].OfType<string>()], cancellationToken);
    }

    /// <summary>The same, asked for by a body.</summary>
    [Function("PostLatestMlflowVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Takes<LatestMlflowVersions>(typeof(MlflowWire), """{"name": "fruit", "stages": ["Production"]}""")]
    [Answers<MlflowVersionPage>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> PostLatestVersionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/get-latest-versions")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        LatestMlflowVersions body = await JsonBody.ReadAsync(request, MlflowWire.Default.LatestMlflowVersions, cancellationToken);
        return await LatestAsync(tenant, body.Name, body.Stages ?? [], cancellationToken);
    }

    private async Task<ApiResult> LatestAsync(TenantId tenant, string name, IReadOnlyList<string> stages, CancellationToken cancellationToken)
    {
        HashSet<ModelStage> wanted = [.. stages.Select(MlflowStages.Require)];
        RegisteredModel model = (await registry.GetAsync(tenant, name, cancellationToken)).Model;
        IEnumerable<ModelVersion> newest = await search.NewestOfStagesAsync(tenant, model.Name, cancellationToken);
        MlflowVersion[] views = [.. newest.Where(version => wanted.Count == 0 || wanted.Contains(version.Stage)).Select(version => MlflowMapping.View(model, version))];
        return ApiResult.Ok(new MlflowVersionPage(views), MlflowWire.Default.MlflowVersionPage);
    }
}
