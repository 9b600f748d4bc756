using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary><c>/api/2.0/mlflow/registered-models</c>: the registry as MLflow's own client asks it.</summary>
/// <remarks>Protocol: mlflow/protos/model_registry.proto. Refusals are problem documents that also have MLflow's members.</remarks>
public sealed class MlflowModelFunctions(ModelRegistry registry, ModelMetadata metadata, ModelRemoval removal, MlflowSearch search, IIdSource ids)
{
    private const string Route = "api/2.0/mlflow/registered-models";
    private const int DefaultPage = 100;

    /// <summary>Makes a model without a version.</summary>
    [Function("CreateMlflowModel")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<CreateMlflowModel>(typeof(MlflowWire), """{"name": "vegetables", "tags": [{"key": "team", "value": "red"}], "description": "carrots"}""")]
    [Answers<MlflowModelAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "description_too_long", "tag_invalid", "tags_too_many")]
    [Refuses(ProblemKind.Conflict, "model_exists")]
    public async Task<IResult> CreateModelAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/create")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        CreateMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.CreateMlflowModel, cancellationToken);
        MetadataEdit edit = new() { Description = body.Description, Tags = MlflowTags.Read(body.Tags) };
        RegisteredModel model = await registry.CreateAsync(tenant, body.Name, edit, ids.NewId(), RegistryRequest.Note(request, reason: null), cancellationToken);
        return Answer(model, []);
    }

    /// <summary>Shows a model with the newest version of each stage.</summary>
    [Function("GetMlflowModel")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "The model.", IsRequired = true, Example = "fruit")]
    [Answers<MlflowModelAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> GetModelAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/get")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await ShowAsync(tenant, MlflowRequest.Required(request, "name"), cancellationToken);
    }

    /// <summary>Lists models that a filter lets through.</summary>
    [Function("SearchMlflowModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("filter", "Comparisons joined by AND.", Example = "name LIKE 'fru%'")]
    [Query("max_results", "Models at most; 100 when absent.")]
    [Query("page_token", "What the page before answered.")]
    [Query("order_by", "A column, with ASC or DESC.")]
    [Answers<MlflowModelPage>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "mlflow_parameter_invalid")]
    public async Task<IResult> SearchModelsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/search")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        MlflowFilter filter = MlflowFilter.Parse(QueryParameters.Text(request, "filter"), "name");
        MlflowPage page = MlflowPage.Of(request, DefaultPage, "name", "creation_timestamp", "last_updated_timestamp", "timestamp");
        List<RegisteredModel> found = await search.ModelsAsync(tenant, filter, cancellationToken);
        (IReadOnlyList<RegisteredModel> models, string? next) = page.Cut(Sort(found, page));
        MlflowModel[] views = await Task.WhenAll(models.Select(async model => MlflowMapping.View(model, await search.NewestOfStagesAsync(tenant, model.Name, cancellationToken))));
        return ApiResult.Ok(new MlflowModelPage(views, next), MlflowWire.Default.MlflowModelPage);
    }

    /// <summary>Describes a model.</summary>
    [Function("UpdateMlflowModel")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<NameMlflowModel>(typeof(MlflowWire), """{"name": "fruit", "description": "apples"}""")]
    [Answers<MlflowModelAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "description_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> UpdateModelAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route + "/update")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        NameMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.NameMlflowModel, cancellationToken);
        MetadataEdit edit = new() { Description = body.Description ?? string.Empty };
        await metadata.EditAsync(tenant, body.Name, edit, RegistryRequest.Note(request, reason: null), cancellationToken);
        return await ShowAsync(tenant, body.Name, cancellationToken);
    }

    /// <summary>Deletes a model with its versions and aliases, unless one is deployed.</summary>
    [Function("DeleteMlflowModel")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<NameMlflowModel>(typeof(MlflowWire), """{"name": "vegetables"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    [Refuses(ProblemKind.Conflict, "model_in_use")]
    public async Task<IResult> DeleteModelAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/delete")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        NameMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.NameMlflowModel, cancellationToken);
        await registry.GetAsync(tenant, body.Name, cancellationToken);
        await removal.DeleteModelAsync(tenant, body.Name, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }

    /// <summary>Sets a tag of a model.</summary>
    [Function("SetMlflowModelTag")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<TagMlflowModel>(typeof(MlflowWire), """{"name": "fruit", "key": "team", "value": "red"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "tag_invalid", "tags_too_many")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> SetModelTagAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/set-tag")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await TagAsync(request, tenant, isRemoval: false, cancellationToken);
    }

    /// <summary>Removes a tag of a model; one that is not there stays so.</summary>
    [Function("DeleteMlflowModelTag")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<TagMlflowModel>(typeof(MlflowWire), """{"name": "fruit", "key": "team"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "tag_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    public async Task<IResult> DeleteModelTagAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/delete-tag")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await TagAsync(request, tenant, isRemoval: true, cancellationToken);
    }

    private static List<RegisteredModel> Sort(List<RegisteredModel> models, MlflowPage page)
    {
        // Stable, and by name before: ties stand in the order of names.
        IEnumerable<RegisteredModel> sorted = page.OrderBy switch
        {
            "creation_timestamp" => Order(models, model => model.CreatedAt, page),
            "last_updated_timestamp" or "timestamp" => Order(models, model => model.UpdatedAt, page),
            _ => page.IsDescending ? Enumerable.Reverse(models) : models,
        };
        return [.. sorted];
    }

    private static IEnumerable<RegisteredModel> Order<TKey>(List<RegisteredModel> models, Func<RegisteredModel, TKey> key, MlflowPage page) =>
        page.IsDescending ? models.OrderByDescending(key) : models.OrderBy(key);

    private static ApiResult Answer(RegisteredModel model, IEnumerable<ModelVersion> newest) =>
        ApiResult.Ok(new MlflowModelAnswer(MlflowMapping.View(model, newest)), MlflowWire.Default.MlflowModelAnswer);

    private async Task<ApiResult> ShowAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await registry.GetAsync(tenant, name, cancellationToken)).Model;
        return Answer(model, await search.NewestOfStagesAsync(tenant, model.Name, cancellationToken));
    }

    private async Task<IResult> TagAsync(HttpRequest request, TenantId tenant, bool isRemoval, CancellationToken cancellationToken)
    {
        TagMlflowModel body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.TagMlflowModel, cancellationToken);
        MetadataEdit edit = MlflowTags.Edit(body.Key, isRemoval ? null : body.Value ?? string.Empty);
        await metadata.EditAsync(tenant, body.Name, edit, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }
}
