using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Json;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Registry;

namespace Trainyard.Functions.Http.Feedback;

/// <summary><c>/api/v1/models/{id}/feedback</c>: what became of predictions.</summary>
public sealed class FeedbackFunctions(FeedbackService feedback, IdempotencyLedger ledger)
{
    private const string Route = ModelFunctions.Route + "/{id}/feedback";

    // A thousand items with comments of some length.
    private static readonly JsonLimits Limits = new() { MaxBytes = 4 * 1024 * 1024 };

    /// <summary>Records what became of predictions. What is told again of the same prediction stands in place of what was told before.</summary>
    [Function("RecordFeedback")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<FeedbackRequest>(typeof(FeedbackWire), """{"prediction_id": "019b76daa800712384560123456789ab-deadbeef-1-1-0-0-c1", "actual": "apple", "rating": 5}""")]
    [Idempotent]
    [Answers<FeedbackAnswer>(typeof(FeedbackWire))]
    [Refuses(ProblemKind.Malformed, "feedback_missing")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    [Refuses(ProblemKind.TooLarge, "feedback_too_many")]
    [Refuses(ProblemKind.Unprocessable, "prediction_unknown", "feedback_empty", "feedback_repeated", "feedback_invalid", "feedback_contradictory")]
    public async Task<IResult> RecordAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (FeedbackRequest body, string hash) = await JsonBody.ReadHashedAsync(request, FeedbackWire.Default.FeedbackRequest, cancellationToken, Limits);
        bool isKeyed = IdempotentRequest.Key(request) is not null;
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            RegistryRequest.Operation("record-feedback", id),
            hash,
            async (operationId, token) =>
            {
                (RegisteredModel model, IReadOnlyList<FeedbackReceipt> receipts) = await feedback.RecordAsync(
                    tenant, id, body.Items(), isKeyed ? operationId : null, RequestCaller.Of(request).Id, token);
                return ApiResult.Ok(FeedbackMapping.View(model, receipts), FeedbackWire.Default.FeedbackAnswer);
            },
            cancellationToken);
    }

    /// <summary>Lists feedback, that of later predictions first; <c>from</c> and <c>to</c> are times of the predictions.</summary>
    [Function("ListFeedback")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("from", "About predictions of this moment or later.", Type = typeof(DateTimeOffset))]
    [Query("to", "About predictions before this moment.", Type = typeof(DateTimeOffset))]
    [Query("version", "About this version.", Pattern = ResourceName.Pattern)]
    [Query("correct", "`true`: about right predictions; `false`: about wrong ones.", Pattern = "^(true|false)$")]
    [Query("prediction_id", "About this prediction.")]
    [Paged]
    [Answers<FeedbackList>(typeof(FeedbackWire))]
    [Refuses(ProblemKind.Malformed, "parameter_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        FeedbackFilter filter = new()
        {
            From = QueryParameters.Moment(request, "from"),
            To = QueryParameters.Moment(request, "to"),
            Version = QueryParameters.Text(request, "version"),
            Correct = QueryParameters.Text(request, "correct") is null ? null : QueryParameters.Flag(request, "correct"),
            PredictionId = QueryParameters.Text(request, "prediction_id"),
        };
        ResultPage<FeedbackRecord> page = await feedback.ListAsync(RequestCaller.TenantOf(request), id, filter, QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(new FeedbackList([.. page.Items.Select(FeedbackMapping.View)], page.Continuation), FeedbackWire.Default.FeedbackList);
    }

    /// <summary>Sums up feedback by version: accuracy, errors of numbers, ratings and values.</summary>
    [Function("SummarizeFeedback")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Query("version", "One version; all that have feedback when absent.", Pattern = ResourceName.Pattern)]
    [Answers<FeedbackSummary>(typeof(FeedbackWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    public async Task<IResult> SummarizeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/summary")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        (RegisteredModel model, IReadOnlyList<VersionFeedback> versions) = await feedback.SummaryAsync(
            RequestCaller.TenantOf(request), id, QueryParameters.Text(request, "version"), cancellationToken);
        return ApiResult.Ok(new FeedbackSummary(model.Name, [.. versions.Select(FeedbackMapping.View)]), FeedbackWire.Default.FeedbackSummary);
    }
}
