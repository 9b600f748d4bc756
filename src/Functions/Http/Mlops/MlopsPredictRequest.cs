using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Domain.Json;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>Asks one model for one prediction.</summary>
/// <param name="ModelId">The model's id or name.</param>
/// <param name="Input">A row: column names and values, which are numbers, texts, truth values or null for missing. Of a model of a series <c>horizon</c> and <c>level</c>.</param>
/// <param name="Probabilities">Whether a classifier gives a value for each label; it does unless this is false.</param>
/// <param name="Explain">How many columns to list that moved the prediction most; none unless it is there.</param>
/// <param name="UnknownColumns">What to do about columns that the model does not have: <c>refuse</c>, or <c>ignore</c> and name them; refuse unless it is there.</param>
/// <remarks>For the description alone: <see cref="Predictor"/> reads bodies without making objects of them.</remarks>
internal sealed record MlopsPredictRequest(
    [property: JsonRequired] string ModelId,
    [property: JsonRequired] IReadOnlyDictionary<string, JsonElement> Input,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Probabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(1, PredictWords.MaxExplained)] int? Explain = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf(typeof(PredictWords), nameof(PredictWords.UnknownColumns))] string? UnknownColumns = null);
