using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Registry.Cards;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Model files in and out: upload, <c>…/artifact</c>, and <c>…/card</c>, which tells of one.</summary>
public sealed class ModelFileFunctions(ModelRegistry registry, ModelUploads uploads, ModelArtifacts artifacts, IdempotencyLedger ledger)
{
    private const string Route = ModelVersionFunctions.Route;
    private const string FileType = "application/octet-stream";

    /// <summary>
    /// Registers the body, a <c>.tym</c> file, XGBoost's JSON or an ONNX tree ensemble, as the next version; a name that is new
    /// makes a model. <c>target</c>, <c>columns</c> and <c>classes</c> (comma-separated) name what the file does not (of a forecaster
    /// <c>columns</c> is the one of its times),
    /// <c>metrics</c> (<c>accuracy:0.91,f1:0.88</c>), <c>stage</c> and <c>description</c> are kept with it.
    /// </summary>
    [Function("UploadModelVersion")]
    [Operation(Scopes.Train, LimitClass.Upload)]
    [Query("target", "What the predicted column is called.", Example = "weight")]
    [Query("columns", "The columns in the order of the file's features, comma-separated.", Example = "size")]
    [Query("classes", "The classes in the order of the file's, comma-separated.")]
    [Query("metrics", "Scores: `accuracy:0.91,f1:0.88`.", Example = "rmse:0.4")]
    [Query("stage", "`staging` (the default) or `draft`.")]
    [Query("description", "What it is.")]
    [Body("application/octet-stream", """{"learner":{"attributes":{},"feature_names":["size"],"gradient_booster":{"model":{"tree_info":[0],"trees":[{"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[0,0,0],"split_conditions":[8.5,0.5,1.5],"default_left":[1,0,0]}]},"name":"gbtree"},"learner_model_param":{"base_score":"0","num_class":"0","num_feature":"1"},"objective":{"name":"reg:squarederror"}},"version":[1,7,4]}""")]
    [Idempotent]
    [Answers<ModelVersionView>(typeof(ModelViews), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Malformed, "stage_invalid", "upload_metrics_invalid", "upload_option_unused", "description_too_long", "content_encoding_unsupported")]
    [Refuses(ProblemKind.Conflict, "operation_withdrawn")]
    [RefusesData("model_import_invalid", "model_import_unsupported", "model_file_too_large", "model_file_invalid", "model_file_truncated", "model_file_checksum_wrong", "model_file_section_missing", "model_file_version_unsupported", "model_file_untrusted")]
    public async Task<IResult> UploadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ModelUpload upload = ModelUploadBody.Options(request, await NameAsync(tenant, id, cancellationToken));
        ReadOnlyMemory<byte> file = await ModelUploadBody.ReadAsync(request, cancellationToken);
        ChangeNote note = RegistryRequest.Note(request, upload.Description is { Length: <= ChangeNote.MaxReasonLength } said ? said : null);
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("upload-model", id),
            Hash(request, file),
            async (operationId, token) =>
            {
                ModelVersion version = await uploads.RegisterAsync(tenant, upload, file, operationId, note, token);
                return ApiResult.Created($"/{ModelFunctions.Route}/{version.ModelId}/versions/{version.Label}", ModelMapping.View(version), ModelViews.Default.ModelVersionView);
            },
            cancellationToken);
    }

    /// <summary>Gives the model file byte for byte, after its SHA-256 was found right; that is its ETag too. Ranges are honoured.</summary>
    [Function("GetModelArtifact")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "application/octet-stream", HasETag = true)]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt", "model_file_elsewhere")]
    public async Task<IResult> ArtifactAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{version}/artifact")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string version, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        ModelVersion found = await registry.GetVersionAsync(tenant, id, version, cancellationToken);
        Stream content = await artifacts.OpenAsync(tenant, found, cancellationToken);
        return Results.Stream(
            SkippingStream.Over(content),
            FileType,
            $"{found.ModelName}-{found.Label}.tym",
            entityTag: new EntityTagHeaderValue($"\"{found.Artifact.Sha256}\""),
            enableRangeProcessing: true);
    }

    /// <summary>Writes the model card of a version: Markdown with the metadata of the Hugging Face Hub at its head.</summary>
    [Function("GetModelCard")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/markdown")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> CardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{version}/card")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, [Path("`v5`, `5`, `1.4.0` or an alias.", "v1")] string version, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        RegisteredModel model = (await registry.GetAsync(tenant, id, cancellationToken)).Model;
        ModelVersion found = await registry.GetVersionAsync(tenant, model.Name, version, cancellationToken);
        return Results.Text(ModelCard.Write(model, found), "text/markdown", Encoding.UTF8);
    }

    // An id leads to the model that has it; anything else is the name of one, be it new.
    private async Task<string> NameAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await registry.GetAsync(tenant, id, cancellationToken)).Model.Name;
        }
        catch (ProblemException absent) when (absent.Problem.Code is "model_not_found" or "model_deleted")
        {
            return id;
        }
    }

    private static string Hash(HttpRequest request, ReadOnlyMemory<byte> file)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value ?? string.Empty));
        hash.AppendData([0]);
        hash.AppendData(file.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
