using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>Asks for predictions with tensors: one for each column, named like it, or one of shape <c>[rows, columns]</c>.</summary>
/// <param name="Inputs">At least one tensor; all have the same number of rows.</param>
/// <param name="Id">Comes back in the answer.</param>
/// <param name="Outputs">The outputs wanted, in order; all unless it is there.</param>
/// <param name="Parameters">Allowed, and without meaning here.</param>
/// <remarks>For the description alone: the predictor reads bodies without making objects of them.</remarks>
internal sealed record InferRequest(
    [property: JsonRequired] IReadOnlyList<InferTensor> Inputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InferOutput>? Outputs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsonElement>? Parameters = null);
