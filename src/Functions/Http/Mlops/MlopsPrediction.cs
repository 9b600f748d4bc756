using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Functions.Http.Serving;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>One prediction; of a model of a series the steps that follow it.</summary>
/// <param name="ModelId">The model's name.</param>
/// <param name="Version">What predicted, as <c>v5</c>.</param>
/// <param name="Prediction">A class, or a number; absent where a series is foretold.</param>
/// <param name="Probabilities">The probability of each class; absent where a number is predicted.</param>
/// <param name="PredictionId">Names the prediction.</param>
/// <param name="Explanation">Where asked for: why the row is predicted as it is.</param>
/// <param name="IgnoredColumns">Where they are ignored: columns that the model does not have.</param>
/// <param name="Method">Where a series is foretold: by what.</param>
/// <param name="Level">Where a series is foretold: the share of futures that each interval is to hold.</param>
/// <param name="Forecast">Where a series is foretold: its next steps.</param>
/// <param name="PredictionIds">Where a series is foretold: names each step.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> writes answers without making objects of them.</remarks>
internal sealed record MlopsPrediction(
    string ModelId,
    string Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Prediction = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, double>? Probabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PredictionId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RowExplanation? Explanation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? IgnoredColumns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Method = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Level = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ForecastStep>? Forecast = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? PredictionIds = null);
