using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>An output that is wanted.</summary>
/// <param name="Name"><c>predict</c>, <c>predict_proba</c> (of classifiers) or <c>prediction_id</c>.</param>
/// <param name="Parameters">Allowed, and without meaning here.</param>
internal sealed record InferOutput(
    [property: JsonRequired] string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsonElement>? Parameters = null);
