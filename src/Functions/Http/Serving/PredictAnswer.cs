using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Predictions, in the order of the rows; of a model of a series the steps that follow it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">What predicted, as <c>v5</c>.</param>
/// <param name="Predictions">A class, or a number, for each row; absent where a series is foretold.</param>
/// <param name="Probabilities">For each row the probability of each class; absent where numbers are predicted.</param>
/// <param name="PredictionIds">Names each prediction, or each step.</param>
/// <param name="Explanations">Where asked for: why each row is predicted as it is.</param>
/// <param name="IgnoredColumns">Where they are ignored: columns that the model does not have.</param>
/// <param name="Errors">Where errors are given per row: the rows that could not be predicted; they are null in the other lists.</param>
/// <param name="Method">Where a series is foretold: by what.</param>
/// <param name="Level">Where a series is foretold: the share of futures that each interval is to hold.</param>
/// <param name="Forecast">Where a series is foretold: its next steps.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> writes answers without making objects of them.</remarks>
internal sealed record PredictAnswer(
    string Model,
    string Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JsonElement?>? Predictions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyDictionary<string, double>?>? Probabilities,
    IReadOnlyList<string?> PredictionIds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RowExplanation?>? Explanations = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? IgnoredColumns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RowError>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Method = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Level = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ForecastStep>? Forecast = null);
