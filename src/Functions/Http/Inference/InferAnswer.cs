using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>Predictions as tensors.</summary>
/// <param name="ModelName">The model's name.</param>
/// <param name="ModelVersion">What predicted, as <c>v5</c>.</param>
/// <param name="Outputs">Tensors whose data is one list, row by row.</param>
/// <param name="Id">What the caller called the request; absent when nothing.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> writes answers without making objects of them.</remarks>
internal sealed record InferAnswer(
    string ModelName,
    string ModelVersion,
    IReadOnlyList<InferTensor> Outputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null);
