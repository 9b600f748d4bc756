using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Domain.Json;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Asks for predictions: <c>instances</c> or one <c>instance</c>. Values are numbers, texts, truth values or null for missing; numbers may come as texts. A model of a series takes a <c>horizon</c> instead.</summary>
/// <param name="Instances">Rows, each an object of column names and values.</param>
/// <param name="Instance">One row.</param>
/// <param name="Probabilities">Whether a classifier gives a value for each label; it does unless this is false.</param>
/// <param name="Explain">How many columns to list for each row that moved its prediction most; none unless it is there.</param>
/// <param name="UnknownColumns">What to do about columns that the model does not have: <c>refuse</c>, or <c>ignore</c> and name them; refuse unless it is there.</param>
/// <param name="Errors">What to do about rows that cannot be predicted: <c>refuse</c> them all, or <c>per_row</c> answer the others; refuse unless it is there.</param>
/// <param name="Horizon">Of a model of a series: steps to foretell, from 1 to 2000.</param>
/// <param name="Level">Of a model of a series: the share of futures that each interval is to hold; 0.95 unless it is there.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Predictor"/> reads bodies without making objects of them.</remarks>
internal sealed record PredictRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Instances = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, JsonElement>? Instance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Probabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(1, PredictWords.MaxExplained)] int? Explain = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf(typeof(PredictWords), nameof(PredictWords.UnknownColumns))] string? UnknownColumns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf(typeof(PredictWords), nameof(PredictWords.Errors))] string? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Horizon = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Level = null);
