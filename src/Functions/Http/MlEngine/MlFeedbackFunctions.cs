using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.MlEngine;

/// <summary><c>/api/v1/ml/feedback</c>: what became of one prediction, the model named in the body.</summary>
public sealed class MlFeedbackFunctions(FeedbackService feedback, IdempotencyLedger ledger)
{
    /// <summary>Records what became of a prediction. What is told again of it stands in place of what was told before.</summary>
    [Function("RecordMlFeedback")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<FeedbackData>(typeof(MlWire), """{"model_name": "fruit", "prediction_id": "019b76daa800712384560123456789ab-deadbeef-1-1-0-0-c1", "actual_outcome": "apple", "user_feedback": "Rightly seen."}""")]
    [Idempotent]
    [Answers<FeedbackResponse>(typeof(MlWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted")]
    [Refuses(ProblemKind.Malformed, "name_invalid")]
    [Refuses(ProblemKind.Unprocessable, "prediction_unknown", "feedback_empty", "feedback_invalid")]
    public async Task<IResult> RecordAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/ml/feedback")] HttpRequest request, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        (FeedbackData body, string hash) = await JsonBody.ReadHashedAsync(request, MlWire.Default.FeedbackData, cancellationToken);
        FeedbackItem item = new(body.PredictionId, body.ActualOutcome, Rating: body.Rating, Comment: body.UserFeedback, Time: body.Timestamp);
        bool isKeyed = IdempotentRequest.Key(request) is not null;
        return await IdempotentRequest.RunAsync(
            ledger,
            request,
            "record-ml-feedback",
            hash,
            async (operationId, token) =>
            {
                (RegisteredModel model, IReadOnlyList<FeedbackReceipt> receipts) = await feedback.RecordAsync(
                    tenant, body.ModelName, [item], isKeyed ? operationId : null, RequestCaller.Of(request).Id, token);
                FeedbackReceipt receipt = receipts[0];
                return ApiResult.Ok(
                    new FeedbackResponse(
                        Success: true,
                        model.Name,
                        ModelVersion.LabelOf(receipt.Sequence),
                        receipt.PredictionId,
                        receipt.Correct,
                        receipt.Status.ToString().ToLowerInvariant(),
                        receipt.RecordedAt),
                    MlWire.Default.FeedbackResponse);
            },
            cancellationToken);
    }
}
