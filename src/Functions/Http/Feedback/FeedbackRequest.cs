using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Trainyard.Domain.Feedback;

namespace Trainyard.Functions.Http.Feedback;

/// <summary>What became of predictions: of several as <c>feedback</c>, or of one by the other fields.</summary>
/// <param name="Feedback">1 to 1,000 items, each about another prediction.</param>
/// <param name="PredictionId">Of one item: the prediction, as the answer with it named it.</param>
/// <param name="Actual">What was true: the label, or the number.</param>
/// <param name="Correct">Whether the prediction was right; of labels it follows from <c>actual</c>.</param>
/// <param name="Value">What came of it: 1 for a conversion and 0 for none, or an amount.</param>
/// <param name="Rating">How good somebody found it, from 1 to 5.</param>
/// <param name="Comment">In words, at most 2,000 characters.</param>
/// <param name="Time">When it was found; kept beside the time of recording.</param>
internal sealed record FeedbackRequest(
    IReadOnlyList<FeedbackItem>? Feedback = null,
    string? PredictionId = null,
    JsonElement? Actual = null,
    bool? Correct = null,
    double? Value = null,
    [property: Range(1, FeedbackItem.MaxRating)] int? Rating = null,
    string? Comment = null,
    DateTimeOffset? Time = null)
{
    /// <summary>The items, in whichever way they came; none when they came in both.</summary>
    public IReadOnlyList<FeedbackItem> Items() => (Feedback, PredictionId) switch
    {
        ({ } several, null) when this == new FeedbackRequest(Feedback) => several,
        (null, { } one) => [new FeedbackItem(one, Actual, Correct, Value, Rating, Comment, Time)],
        _ => [],
    };
}
