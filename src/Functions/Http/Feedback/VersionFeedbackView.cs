using System.Text.Json.Serialization;
using Trainyard.Domain.Feedback;

namespace Trainyard.Functions.Http.Feedback;

/// <summary>What feedback says of a version. What nothing is known of is absent.</summary>
/// <param name="Version">As <c>v5</c>.</param>
/// <param name="Items">Predictions with feedback.</param>
/// <param name="Judged">Of them, those of which it is known whether they were right.</param>
/// <param name="Correct">Of those, the right ones.</param>
/// <param name="Accuracy">Their share.</param>
/// <param name="Measured">Predicted numbers whose true ones are known.</param>
/// <param name="Mae">The mean size of their errors.</param>
/// <param name="Rmse">The root of the mean square of their errors.</param>
/// <param name="MeanError">Their mean error: above 0 where too much is predicted.</param>
/// <param name="Rated">Predictions that were rated.</param>
/// <param name="MeanRating">Their mean rating.</param>
/// <param name="Valued">Predictions of which it was told what came of them.</param>
/// <param name="MeanValue">The mean of that.</param>
/// <param name="Labels">Of each label how often it was true and, of those, how often it was predicted; past 100 of them together under the empty name.</param>
internal sealed record VersionFeedbackView(
    string Version,
    long Items,
    long Judged,
    long Correct,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Accuracy,
    long Measured,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MeanError,
    long Rated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MeanRating,
    long Valued,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MeanValue,
    IReadOnlyDictionary<string, LabelFeedback> Labels);
