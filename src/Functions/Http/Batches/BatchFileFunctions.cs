using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Trainyard.Domain.Access;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Batches;

/// <summary>The results of prediction jobs as files.</summary>
/// <param name="batches">Reads jobs.</param>
/// <param name="results">Opens their results.</param>
public sealed class BatchFileFunctions(BatchService batches, BatchResults results)
{
    /// <summary>Gives the file of results, CSV or JSON Lines as the job was asked for; its SHA-256 is its ETag, and ranges are honoured.</summary>
    [Function("DownloadBatchResults")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/csv", HasETag = true)]
    [Refuses(ProblemKind.NotFound, "batch_not_found")]
    [Refuses(ProblemKind.Conflict, "batch_not_over", "batch_without_results", "batch_results_gone")]
    public async Task<IResult> DownloadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = BatchRoutes.Results + "/file")] HttpRequest request,
        [Path("The job's id.", "01900000-0000-7000-8000-000000000004")] string jobId,
        CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        BatchJob job = await batches.GetAsync(tenant, jobId, cancellationToken);
        (Stream content, BatchResult result) = await results.OpenAsync(tenant, job, cancellationToken);
        return Results.Stream(
            SkippingStream.Over(content),
            job.Format.MediaType(),
            $"{job.Model.ModelName}-{job.Id}.{job.Format.Word()}",
            entityTag: new EntityTagHeaderValue($"\"{result.Sha256}\""),
            enableRangeProcessing: true);
    }
}
