using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Predictions, in the order of the rows.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">What predicted, as <c>v5</c>.</param>
/// <param name="Predictions">A class, or a number, for each row.</param>
/// <param name="Probabilities">For each row the probability of each class; absent where numbers are predicted.</param>
/// <param name="PredictionIds">Names each prediction.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> writes answers without making objects of them.</remarks>
internal sealed record PredictAnswer(
    string Model,
    string Version,
    IReadOnlyList<JsonElement> Predictions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyDictionary<string, double>>? Probabilities,
    IReadOnlyList<string> PredictionIds);
