using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary><c>/api/v1/models/{id}/predictions</c>: what was predicted, from what.</summary>
public sealed class PredictionLogFunctions(PredictionLogReader reader)
{
    private const string Oldest = "oldest";

    private static readonly string[] Orders = ["newest", Oldest];

    /// <summary>Lists logged predictions, newest first. A page may hold fewer than <c>limit</c>, even none, while more follow.</summary>
    [Function("ListPredictions")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("from", "The earliest moment, itself included; the beginning of what is kept when absent.", Type = typeof(DateTimeOffset), Example = "2026-01-01T00:00:00Z")]
    [Query("to", "The latest moment, itself not included; now when absent.", Type = typeof(DateTimeOffset), Example = "2100-01-01T00:00:00Z")]
    [Query("version", "The version that answered; any when absent.", Example = "v1")]
    [Query("prediction_id", "The id that an answer gave.", Example = "019b76daa80070008000000000000000-1-1-1-0-0-n0")]
    [Query("order", "newest or oldest: which come first.", Pattern = "^(newest|oldest)$", Default = "newest")]
    [Paged]
    [Answers<ResultPage<LoggedPrediction>>(typeof(PredictionLogWire))]
    [Refuses(ProblemKind.Malformed, "time_range_invalid", "prediction_id_invalid", "order_unknown")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ModelFunctions.Route + "/{id}/predictions")] HttpRequest request,
        [Path("A model's id or name.", "fruit")] string id,
        CancellationToken cancellationToken)
    {
        LogQuery query = new()
        {
            From = QueryParameters.Moment(request, "from"),
            To = QueryParameters.Moment(request, "to"),
            Version = QueryParameters.Text(request, "version"),
            PredictionId = QueryParameters.Text(request, "prediction_id"),
            OldestFirst = Order(request) == Oldest,
        };
        ResultPage<LoggedPrediction> page = await reader.ListAsync(RequestCaller.TenantOf(request), id, query, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(page, PredictionLogWire.Default.ResultPageLoggedPrediction);
    }

    private static string Order(HttpRequest request) => QueryParameters.Text(request, "order") switch
    {
        null => Orders[0],
        { } order when Orders.Contains(order, StringComparer.Ordinal) => order,
        _ => throw new ProblemException(new Problem(ProblemKind.Malformed, "order_unknown", $"order must be one of {string.Join(", ", Orders)}.", "order")),
    };
}
