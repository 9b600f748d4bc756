using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Asks for predictions: <c>instances</c> or one <c>instance</c>. Values are numbers, texts, truth values or null for missing; numbers may come as texts.</summary>
/// <param name="Instances">Rows, each an object of column names and values.</param>
/// <param name="Instance">One row.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> reads bodies without making objects of them.</remarks>
internal sealed record PredictRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Instances = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsonElement>? Instance = null);
