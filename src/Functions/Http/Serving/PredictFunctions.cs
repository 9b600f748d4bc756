using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Serving;

/// <summary><c>POST /api/v1/models/{id}/predict</c>: predicts rows by column name, or the next steps of a series, with what is deployed.</summary>
public sealed class PredictFunctions(Predictor predictor)
{
    private const int AnswerBytes = 512;

    /// <summary>Predicts. <c>{id}</c> is a model's id or name.</summary>
    [Function("Predict")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<PredictRequest>(typeof(PredictWire), """{"instances": [{"size": 7, "colour": "red"}, {"size": "12.5", "colour": null}]}""")]
    [Answers<PredictAnswer>(typeof(PredictWire))]
    [Refuses(ProblemKind.Malformed, "instances_missing", "column_duplicate")]
    [Routed]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt")]
    [Refuses(ProblemKind.TooLarge, "instances_too_many", "explained_rows_too_many")]
    [Refuses(ProblemKind.Unprocessable, "instance_empty", "column_unknown", "column_is_target", "value_unusable", "option_unknown", "explanation_unavailable", "model_too_large")]
    [Refuses(ProblemKind.Unprocessable, "instances_unsupported", "horizon_out_of_range", "option_out_of_range", "forecast_not_finite")]
    public async Task<IResult> PredictAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/models/{id}/predict")] HttpRequest request, [Path("A model's id or name.", "fruit")] string id, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, predictor.MaxBodyBytes, cancellationToken);
        RentedBytes answer = new(AnswerBytes);
        try
        {
            await predictor.PredictAsync(RoutedRequest.Call(request, id), PredictFace.Rows, body.Memory, answer, cancellationToken);
            return new RentedJsonResult(answer);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
