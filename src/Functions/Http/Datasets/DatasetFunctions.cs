using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Http.Datasets;

/// <summary><c>/api/v1/datasets</c>: upload, look at, list and delete datasets.</summary>
public sealed class DatasetFunctions(DatasetCatalog catalog, IdempotencyLedger ledger)
{
    private const string Route = "api/v1/datasets";
    private const string UploadOperation = "upload-dataset";

    /// <summary>Uploads the body as the next version of dataset <c>?name=</c>.</summary>
    [Function("UploadDataset")]
    [Operation(Scopes.Train, LimitClass.Upload)]
    [Query("name", "The dataset; an upload under a name that there is becomes its next version.", IsRequired = true, Pattern = ResourceName.Pattern, Example = "fruit")]
    [Body("text/csv", "size,colour,kind\n7,red,apple\n12,green,melon\n6,red,apple\n14,green,melon\n")]
    [Body("application/x-ndjson", "{\"size\":7,\"kind\":\"apple\"}\n{\"size\":12,\"kind\":\"melon\"}\n")]
    [Idempotent]
    [Answers<DatasetCreated>(typeof(DatasetViews), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Malformed, "name_invalid", "content_type_unsupported", "content_encoding_unsupported")]
    [Refuses(ProblemKind.TooLarge, "dataset_too_large", "dataset_line_too_long")]
    [RefusesData("csv_*", "ndjson_*", "gzip_invalid")]
    public async Task<IResult> UploadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        string name = ResourceName.Require(QueryParameters.Text(request, "name"), "name");
        DatasetUpload upload = new(name, DatasetBody.Format(request));
        if (IdempotentRequest.Key(request) is { } key)
        {
            // The content is compared by the catalog, which alone reads it.
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{upload.Name}\n{upload.Format}")));
            IdempotencyRecord reserved = await ledger.ReserveAsync(tenant, UploadOperation, key, hash, cancellationToken);
            upload = upload with { UploadId = reserved.Id };
        }

        await using Stream content = DatasetBody.Open(request);
        DatasetVersion version = await catalog.UploadAsync(tenant, upload, content, cancellationToken);
        ApiResult created = ApiResult.Created($"/{Route}/{version.Name}?version={version.Version}", DatasetCreated.Of(version), DatasetViews.Default.DatasetCreated);
        AuditNote.Of(request).After(created.Body);
        return created;
    }

    /// <summary>Lists datasets with their latest versions, by name.</summary>
    [Function("ListDatasets")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<DatasetList>(typeof(DatasetViews))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken) =>
        Page(await catalog.ListAsync(RequestCaller.TenantOf(request), QueryParameters.Page(request), cancellationToken));

    /// <summary>Shows a dataset with its profile: the latest version, or <c>?version=</c>.</summary>
    [Function("GetDataset")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("version", "A version; the latest when absent.", Type = typeof(long), Minimum = 1, Maximum = int.MaxValue)]
    [Answers<DatasetDetail>(typeof(DatasetViews))]
    [Refuses(ProblemKind.Malformed, "parameter_out_of_range")]
    [Refuses(ProblemKind.NotFound, "dataset_not_found", "dataset_version_not_found")]
    [Refuses(ProblemKind.Conflict, "dataset_corrupt")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{name}")] HttpRequest request, [Path("The dataset's name.", "fruit")] string name, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        DatasetVersion version = await catalog.GetAsync(tenant, name, Version(request), cancellationToken);
        TableProfile profile = await catalog.ProfileAsync(tenant, version, cancellationToken);
        return ApiResult.Ok(DatasetDetail.Of(version, profile), DatasetViews.Default.DatasetDetail);
    }

    /// <summary>Lists the versions of a dataset, newest first.</summary>
    [Function("ListDatasetVersions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Paged]
    [Answers<DatasetList>(typeof(DatasetViews))]
    [Refuses(ProblemKind.NotFound, "dataset_not_found")]
    public async Task<IResult> VersionsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{name}/versions")] HttpRequest request, [Path("The dataset's name.", "fruit")] string name, CancellationToken cancellationToken) =>
        Page(await catalog.VersionsAsync(RequestCaller.TenantOf(request), name, QueryParameters.Page(request), cancellationToken));

    /// <summary>Deletes a dataset with all its versions; parameters are refused, since whoever sends <c>version</c> means one of them.</summary>
    [Function("DeleteDataset")]
    [Operation(Scopes.Train, LimitClass.Write)]
    [Answer(StatusCodes.Status204NoContent)]
    [Refuses(ProblemKind.Malformed, "parameter_unknown")]
    [Refuses(ProblemKind.NotFound, "dataset_not_found")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{name}")] HttpRequest request, [Path("The dataset's name.", "fruit")] string name, CancellationToken cancellationToken)
    {
        QueryParameters.RequireNone(request);
        TenantId tenant = RequestCaller.TenantOf(request);
        AuditNote.Of(request).Before(DatasetView.Of(await catalog.GetAsync(tenant, name, version: null, cancellationToken)), DatasetViews.Default.DatasetView);
        await catalog.DeleteAsync(tenant, name, cancellationToken);
        return ApiResult.NoContent;
    }

    private static ApiResult Page(ResultPage<DatasetVersion> page) =>
        ApiResult.Ok(new DatasetList([.. page.Items.Select(DatasetView.Of)], page.Continuation), DatasetViews.Default.DatasetList);

    private static int? Version(HttpRequest request)
    {
        long? version = QueryParameters.Integer(request, "version");
        return version is null or (>= 1 and <= int.MaxValue)
            ? (int?)version
            : throw new ProblemException(new Problem(
                ProblemKind.Malformed, "parameter_out_of_range", $"Parameter 'version' is {version}; it must be from 1 to {int.MaxValue}.", "version"));
    }
}
