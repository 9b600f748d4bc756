using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Inference;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;
using Trainyard.Functions.Http.Serving;

namespace Trainyard.Functions.Http.Inference;

/// <summary><c>/v2/models/{model}[/versions/{version}]</c>: models by the Open Inference Protocol. Without a version, what is deployed.</summary>
public sealed class InferenceModelFunctions(InferenceModels models, Predictor predictor)
{
    private const string Model = InferencePath.Route + "/models/{model}";
    private const string Version = Model + "/versions/{version}";
    private const string ModelText = "A model's id or name.";
    private const string VersionText = "`v5`, `5`, `1.4.0` or an alias.";

    /// <summary>Says what tensors a model takes and gives.</summary>
    [Function("InferenceModel")]
    [Operation(Scopes.Predict, LimitClass.Read)]
    [Routed]
    [Answers<ModelMetadata>(typeof(InferenceWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Model)] HttpRequest request, [Path(ModelText, "fruit")] string model, CancellationToken cancellationToken) =>
        DescribeAsync(RoutedRequest.Call(request, model), cancellationToken);

    /// <summary>Says what tensors a version takes and gives, be it deployed or not.</summary>
    [Function("InferenceModelVersion")]
    [Operation(Scopes.Predict, LimitClass.Read)]
    [Routed]
    [Answers<ModelMetadata>(typeof(InferenceWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public Task<IResult> GetVersionAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Version)] HttpRequest request, [Path(ModelText, "fruit")] string model, [Path(VersionText, "v1")] string version, CancellationToken cancellationToken) =>
        DescribeAsync(RoutedRequest.Call(request, model, version), cancellationToken);

    /// <summary>Loads a model, if need be, and answers when it can predict.</summary>
    [Function("InferenceModelReady")]
    [Operation(Scopes.Predict, LimitClass.Read)]
    [Routed]
    [Answers<ModelState>(typeof(InferenceWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Model + "/ready")] HttpRequest request, [Path(ModelText, "fruit")] string model, CancellationToken cancellationToken) =>
        ReadyAsync(RoutedRequest.Call(request, model), cancellationToken);

    /// <summary>Loads a version, if need be, and answers when it can predict.</summary>
    [Function("InferenceModelVersionReady")]
    [Operation(Scopes.Predict, LimitClass.Read)]
    [Routed]
    [Answers<ModelState>(typeof(InferenceWire))]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.Unprocessable, "model_too_large")]
    public Task<IResult> VersionReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Version + "/ready")] HttpRequest request, [Path(ModelText, "fruit")] string model, [Path(VersionText, "v1")] string version, CancellationToken cancellationToken) =>
        ReadyAsync(RoutedRequest.Call(request, model, version), cancellationToken);

    /// <summary>Predicts the rows of tensors.</summary>
    [Function("Infer")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<InferRequest>(typeof(InferenceWire), Example)]
    [Routed]
    [Answers<InferAnswer>(typeof(InferenceWire))]
    [Refuses(ProblemKind.Malformed, "tensors_missing", "tensor_duplicate", "tensor_data_wrong")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_not_deployed", "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.TooLarge, "instances_too_many")]
    [Refuses(ProblemKind.Unprocessable, "tensor_unknown", "tensor_datatype_unknown", "tensor_shape_wrong", "tensor_data_wrong", "value_unusable", "output_unknown", "inference_unsupported", "model_too_large")]
    public Task<IResult> InferAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Model + "/infer")] HttpRequest request, [Path(ModelText, "fruit")] string model, CancellationToken cancellationToken) =>
        InferAsync(request, RoutedRequest.Call(request, model), cancellationToken);

    /// <summary>Predicts the rows of tensors with a version, be it deployed or not.</summary>
    [Function("InferVersion")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    [Takes<InferRequest>(typeof(InferenceWire), Example)]
    [Routed]
    [Answers<InferAnswer>(typeof(InferenceWire))]
    [Refuses(ProblemKind.Malformed, "tensors_missing", "tensor_duplicate", "tensor_data_wrong")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt", "model_file_elsewhere")]
    [Refuses(ProblemKind.TooLarge, "instances_too_many")]
    [Refuses(ProblemKind.Unprocessable, "tensor_unknown", "tensor_datatype_unknown", "tensor_shape_wrong", "tensor_data_wrong", "value_unusable", "output_unknown", "inference_unsupported", "model_too_large")]
    public Task<IResult> InferVersionAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Version + "/infer")] HttpRequest request, [Path(ModelText, "fruit")] string model, [Path(VersionText, "v1")] string version, CancellationToken cancellationToken) =>
        InferAsync(request, RoutedRequest.Call(request, model, version), cancellationToken);

    private const string Example =
        """{"id": "42", "inputs": [{"name": "size", "shape": [2], "datatype": "FP64", "data": [7, 12.5]}, {"name": "colour", "shape": [2], "datatype": "BYTES", "data": ["red", null]}], "outputs": [{"name": "predict"}]}""";

    private async Task<IResult> DescribeAsync(ModelCall call, CancellationToken cancellationToken)
    {
        InferenceModel found = await models.GetAsync(call, cancellationToken);
        return ApiResult.Ok(new ModelMetadata(found.Name, [found.Version], "trainyard_" + found.Learner, found.Inputs, found.Outputs), InferenceWire.Default.ModelMetadata);
    }

    private async Task<IResult> ReadyAsync(ModelCall call, CancellationToken cancellationToken) =>
        ApiResult.Ok(new ModelState((await models.GetAsync(call, cancellationToken)).Name, Ready: true), InferenceWire.Default.ModelState);

    private async Task<IResult> InferAsync(HttpRequest request, ModelCall call, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, predictor.MaxBodyBytes, cancellationToken);
        return await RentedJsonResult.OfAsync(answer => predictor.PredictAsync(call, PredictFace.Inference, body.Memory, answer, cancellationToken));
    }
}
