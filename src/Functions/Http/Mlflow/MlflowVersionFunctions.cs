using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary><c>/api/2.0/mlflow/model-versions</c>: versions as MLflow's own client asks for them.</summary>
/// <remarks>Protocol: mlflow/protos/model_registry.proto. Refusals are problem documents that also have MLflow's members.</remarks>
public sealed class MlflowVersionFunctions(
    ModelRegistry registry,
    ModelStages stages,
    ModelMetadata metadata,
    ModelRemoval removal,
    ModelUploads uploads,
    ModelArtifacts artifacts,
    MlflowSearch search,
    IIdSource ids)
{
    private const string Route = "api/2.0/mlflow/model-versions";
    private const int DefaultPage = 1000;

    /// <summary>Registers a version. Source <c>models:/name/version</c> copies a file that is here; any other is kept as an address, so that the version cannot be deployed.</summary>
    [Function("CreateMlflowVersion")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<CreateMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "source": "models:/fruit/1", "tags": [{"key": "team", "value": "red"}]}""")]
    [Answers<MlflowVersionAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "description_too_long", "tag_invalid", "tags_too_many")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt", "model_file_elsewhere")]
    public async Task<IResult> CreateVersionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/create")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        CreateMlflowVersion body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.CreateMlflowVersion, cancellationToken);
        string name = (await registry.GetAsync(tenant, body.Name, cancellationToken)).Model.Name;
        ModelUpload upload = new(name)
        {
            Stage = ModelStage.Draft, Description = body.Description, Tags = MlflowTags.ReadNew(body.Tags), Uri = body.Source, RunId = body.RunId, RunLink = body.RunLink,
        };
        ChangeNote note = RegistryRequest.Note(request, reason: null);
        ModelVersion version = await FindAsync(tenant, body.Source, cancellationToken) is { } source
            ? await uploads.RegisterAsync(tenant, upload.ForCopyOf(source), await artifacts.ReadAsync(tenant, source, cancellationToken), ids.NewId(), note, cancellationToken)
            : await uploads.ReferAsync(tenant, upload, ids.NewId(), note, cancellationToken);
        return await AnswerAsync(tenant, version, cancellationToken);
    }

    /// <summary>Shows a version.</summary>
    [Function("GetMlflowVersion")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "The model.", IsRequired = true, Example = "fruit")]
    [Query("version", "The version.", IsRequired = true, Example = "1")]
    [Answers<MlflowVersionAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> GetVersionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/get")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await AnswerAsync(tenant, await NamedAsync(request, tenant, cancellationToken), cancellationToken);
    }

    /// <summary>Says where the file of a version is.</summary>
    [Function("GetMlflowDownloadUri")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("name", "The model.", IsRequired = true, Example = "fruit")]
    [Query("version", "The version.", IsRequired = true, Example = "1")]
    [Answers<MlflowDownload>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> GetDownloadUriAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/get-download-uri")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ModelVersion version = await NamedAsync(request, tenant, cancellationToken);
        string uri = version.Artifact == ModelArtifact.Elsewhere
            ? MlflowMapping.Source(version)
            : $"{request.Scheme}://{request.Host}/{ModelFunctions.Route}/{version.ModelName}/versions/{version.Label}/artifact";
        return ApiResult.Ok(new MlflowDownload(uri), MlflowWire.Default.MlflowDownload);
    }

    /// <summary>Lists versions that a filter lets through, newest first within a model.</summary>
    [Function("SearchMlflowVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("filter", "Comparisons joined by AND.", Example = "name = 'fruit'")]
    [Query("max_results", "Versions at most; 1,000 when absent.")]
    [Query("page_token", "What the page before answered.")]
    [Query("order_by", "A column, with ASC or DESC.")]
    [Answers<MlflowVersionPage>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "mlflow_parameter_invalid")]
    public async Task<IResult> SearchVersionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/search")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        MlflowFilter filter = MlflowFilter.Parse(QueryParameters.Text(request, "filter"), "name", "run_id", "source_path", "version_number");
        MlflowPage page = MlflowPage.Of(request, DefaultPage, "name", "version_number", "creation_timestamp", "last_updated_timestamp");
        List<(RegisteredModel Model, ModelVersion Version)> found = [];
        foreach (RegisteredModel model in await ModelsAsync(tenant, filter, cancellationToken))
        {
            found.AddRange((await search.VersionsAsync(tenant, model.Name, filter, cancellationToken)).Select(version => (model, version)));
        }

        (IReadOnlyList<(RegisteredModel Model, ModelVersion Version)> versions, string? next) = page.Cut(Sort(found, page));
        return ApiResult.Ok(new MlflowVersionPage([.. versions.Select(each => MlflowMapping.View(each.Model, each.Version))], next), MlflowWire.Default.MlflowVersionPage);
    }

    /// <summary>Describes a version.</summary>
    [Function("UpdateMlflowVersion")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<NameMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "version": "1", "description": "the first"}""")]
    [Answers<MlflowVersionAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "description_too_long")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> UpdateVersionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route + "/update")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        NameMlflowVersion body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.NameMlflowVersion, cancellationToken);
        MetadataEdit edit = new() { Description = body.Description ?? string.Empty };
        return await AnswerAsync(
            tenant, await metadata.EditVersionAsync(tenant, body.Name, body.Version, edit, RegistryRequest.Note(request, reason: null), cancellationToken), cancellationToken);
    }

    /// <summary>Moves a version to a stage, by the stages in between; in production it replaces what was deployed.</summary>
    [Function("TransitionMlflowVersion")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<TransitionMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "version": "1", "stage": "Production", "archive_existing_versions": false}""")]
    [Answers<MlflowVersionAnswer>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "mlflow_parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "stage_transition_refused", "model_changed_meanwhile", "model_version_in_use", "model_file_elsewhere")]
    public async Task<IResult> TransitionVersionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/transition-stage")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        TransitionMlflowVersion body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.TransitionMlflowVersion, cancellationToken);
        ModelStage stage = MlflowStages.Require(body.Stage);
        ChangeNote note = RegistryRequest.Note(request, reason: null);
        ModelVersion moved = await stages.MoveThroughAsync(tenant, body.Name, body.Version, stage, ids.NewId(), note, cancellationToken);
        if (body.ArchiveExistingVersions && stage == ModelStage.Staging)
        {
            await ArchiveOthersAsync(tenant, moved, note, cancellationToken);
        }

        return await AnswerAsync(tenant, moved, cancellationToken);
    }

    /// <summary>Deletes a version that is neither deployed nor aliased.</summary>
    [Function("DeleteMlflowVersion")]
    [Operation(Scopes.Deploy, LimitClass.Write)]
    [Takes<NameMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "version": "2"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_version_in_use")]
    public async Task<IResult> DeleteVersionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/delete")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        NameMlflowVersion body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.NameMlflowVersion, cancellationToken);
        await registry.GetVersionAsync(tenant, body.Name, body.Version, cancellationToken);
        await removal.DeleteVersionAsync(tenant, body.Name, body.Version, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }

    /// <summary>Sets a tag of a version.</summary>
    [Function("SetMlflowVersionTag")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<TagMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "version": "1", "key": "team", "value": "red"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "tag_invalid", "tags_too_many")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> SetVersionTagAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/set-tag")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await TagAsync(request, tenant, isRemoval: false, cancellationToken);
    }

    /// <summary>Removes a tag of a version; one that is not there stays so.</summary>
    [Function("DeleteMlflowVersionTag")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Takes<TagMlflowVersion>(typeof(MlflowWire), """{"name": "fruit", "version": "1", "key": "team"}""")]
    [Answers<MlflowDone>(typeof(MlflowWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "tag_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> DeleteVersionTagAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/delete-tag")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        return await TagAsync(request, tenant, isRemoval: true, cancellationToken);
    }

    private static List<(RegisteredModel Model, ModelVersion Version)> Sort(List<(RegisteredModel Model, ModelVersion Version)> versions, MlflowPage page) => page.OrderBy switch
    {
        "name" => Order(versions, each => each.Model.Name, page, StringComparer.Ordinal),
        "version_number" => Order(versions, each => each.Version.Sequence, page, Comparer<int>.Default),
        "creation_timestamp" => Order(versions, each => each.Version.CreatedAt, page, Comparer<DateTimeOffset>.Default),
        "last_updated_timestamp" => Order(versions, each => each.Model.UpdatedAt, page, Comparer<DateTimeOffset>.Default),
        _ => versions,
    };

    private static List<(RegisteredModel Model, ModelVersion Version)> Order<TKey>(
        List<(RegisteredModel Model, ModelVersion Version)> versions, Func<(RegisteredModel Model, ModelVersion Version), TKey> key, MlflowPage page, IComparer<TKey> comparer) =>
        [.. page.IsDescending ? versions.OrderByDescending(key, comparer) : versions.OrderBy(key, comparer)];

    // Where a filter names the model, no other is gone through; one that is not there has no versions.
    private async Task<IReadOnlyList<RegisteredModel>> ModelsAsync(TenantId tenant, MlflowFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Exactly("name") is not { } name)
        {
            return await search.ModelsAsync(tenant, MlflowFilter.Parse(text: null), cancellationToken);
        }

        try
        {
            return [(await registry.GetAsync(tenant, name, cancellationToken)).Model];
        }
        catch (ProblemException absent) when (absent.Problem.Code is "model_not_found" or "model_deleted" or "name_invalid")
        {
            return [];
        }
    }

    private async Task ArchiveOthersAsync(TenantId tenant, ModelVersion moved, ChangeNote note, CancellationToken cancellationToken)
    {
        foreach (ModelVersion other in await search.VersionsAsync(tenant, moved.ModelName, MlflowFilter.Parse(text: null), cancellationToken))
        {
            if (other.Stage == ModelStage.Staging && other.Sequence != moved.Sequence)
            {
                await stages.MoveAsync(tenant, other.ModelName, other.Label, ModelStage.Archived, ids.NewId(), note, cancellationToken);
            }
        }
    }

    // models:/name/version, models:/name@alias, or our own model://name/v5/model.tym.
    private async Task<ModelVersion?> FindAsync(TenantId tenant, string source, CancellationToken cancellationToken)
    {
        string[] parts = source.Split(["://", ":/", "/", "@"], StringSplitOptions.RemoveEmptyEntries);
        return parts is ["models", { } model, { } version] ? await registry.GetVersionAsync(tenant, model, version, cancellationToken)
            : parts is ["model", { } own, { } label, _] ? await registry.GetVersionAsync(tenant, own, label, cancellationToken)
            : null;
    }

    private Task<ModelVersion> NamedAsync(HttpRequest request, TenantId tenant, CancellationToken cancellationToken) =>
        registry.GetVersionAsync(tenant, MlflowRequest.Required(request, "name"), MlflowRequest.Required(request, "version"), cancellationToken);

    private async Task<ApiResult> AnswerAsync(TenantId tenant, ModelVersion version, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await registry.GetAsync(tenant, version.ModelName, cancellationToken)).Model;
        return ApiResult.Ok(new MlflowVersionAnswer(MlflowMapping.View(model, version)), MlflowWire.Default.MlflowVersionAnswer);
    }

    private async Task<IResult> TagAsync(HttpRequest request, TenantId tenant, bool isRemoval, CancellationToken cancellationToken)
    {
        TagMlflowVersion body = await MlflowRequest.ReadChangeAsync(request, MlflowWire.Default.TagMlflowVersion, cancellationToken);
        MetadataEdit edit = MlflowTags.Edit(body.Key, isRemoval ? null : body.Value ?? string.Empty);
        await metadata.EditVersionAsync(tenant, body.Name, body.Version, edit, RegistryRequest.Note(request, reason: null), cancellationToken);
        return ApiResult.Ok(new MlflowDone(), MlflowWire.Default.MlflowDone);
    }
}
