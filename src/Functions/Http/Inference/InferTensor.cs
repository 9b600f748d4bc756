using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>A tensor with its elements.</summary>
/// <param name="Name">A column's name; any, where one tensor has all columns.</param>
/// <param name="Shape">The rows, or rows and columns.</param>
/// <param name="Datatype"><c>BOOL</c>, <c>INT8</c> to <c>INT64</c>, <c>UINT8</c> to <c>UINT64</c>, <c>FP16</c>, <c>FP32</c>, <c>FP64</c> or <c>BYTES</c>, which is text.</param>
/// <param name="Data">The elements row by row, in one list or in a list per row; null is a missing value.</param>
/// <param name="Parameters">Allowed, and without meaning here.</param>
internal sealed record InferTensor(
    [property: JsonRequired] string Name,
    [property: JsonRequired] IReadOnlyList<int> Shape,
    [property: JsonRequired] string Datatype,
    [property: JsonRequired] IReadOnlyList<JsonElement> Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsonElement>? Parameters = null);
