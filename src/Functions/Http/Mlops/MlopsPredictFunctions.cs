using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Serving;

namespace Trainyard.Functions.Http.Mlops;

/// <summary><c>POST /mlops/predict</c> and <c>/mlops/predict/batch</c>: one prediction, or several of any models.</summary>
public sealed class MlopsPredictFunctions(Predictor predictor, MultiPredictor predictors)
{
    /// <summary>Predicts one row with what is deployed of model <c>modelId</c>.</summary>
    [Function("PredictMlops")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<MlopsPredictRequest>(typeof(MlopsWire), """{"modelId": "fruit", "input": {"size": 7, "colour": "red"}}""")]
    [Routed]
    [Answers<MlopsPrediction>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid", "column_duplicate")]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt")]
    [Refuses(ProblemKind.TooLarge, "instances_too_many")]
    [Refuses(ProblemKind.Unprocessable, "instance_empty", "column_unknown", "column_is_target", "value_unusable", "option_unknown", "explanation_unavailable", "model_too_large")]
    [Refuses(ProblemKind.Unprocessable, "horizon_out_of_range", "option_out_of_range", "forecast_not_finite")]
    public async Task<IResult> PredictAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mlops/predict")] HttpRequest request, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, predictor.MaxBodyBytes, cancellationToken);
        string model = SingleRequest.Read(body.Span).ModelId;
        return await RentedJsonResult.OfAsync(answer => predictor.PredictAsync(RoutedRequest.Call(request, model), PredictFace.Single, body.Memory, answer, cancellationToken));
    }

    /// <summary>Answers up to 10,000 requests for one prediction each, in turn; more rows, or rows of a file, belong into a batch job.</summary>
    [Function("PredictMlopsBatch")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<MlopsPredictBatchRequest>(typeof(MlopsWire), """{"requests": [{"modelId": "fruit", "input": {"size": 7}}, {"modelId": "fruit", "input": {"size": 12}}]}""")]
    [Routed]
    [Answers<MlopsPredictBatchAnswer>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "requests_missing", "name_invalid", "column_duplicate")]
    [Refuses(ProblemKind.NotFound, "model_not_found")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt")]
    [Refuses(ProblemKind.TooLarge, "instances_too_many")]
    [Refuses(ProblemKind.Unprocessable, "instance_empty", "column_unknown", "column_is_target", "value_unusable", "option_unknown", "explanation_unavailable", "model_too_large")]
    [Refuses(ProblemKind.Unprocessable, "horizon_out_of_range", "option_out_of_range", "forecast_not_finite")]
    public async Task<IResult> PredictBatchAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mlops/predict/batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, predictor.MaxBodyBytes, cancellationToken);
        return await RentedJsonResult.OfAsync(answer => new ValueTask(predictors.PredictAsync(RoutedRequest.Call(request, string.Empty), body.Memory, answer, cancellationToken)));
    }
}
