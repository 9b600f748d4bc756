using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback;

/// <summary>What became of one prediction, as somebody tells it. Besides the id, at least one of the others is there.</summary>
/// <param name="PredictionId">As the answer with the prediction named it.</param>
/// <param name="Actual">What was true: the label, or the number.</param>
/// <param name="Correct">Whether the prediction was right; of labels it follows from <paramref name="Actual"/>.</param>
/// <param name="Value">What came of it: 1 for a conversion and 0 for none, or an amount.</param>
/// <param name="Rating">How good somebody found it, from 1 to 5.</param>
/// <param name="Comment">In words, at most 2,000 characters.</param>
/// <param name="Time">When it was found; kept beside the time of recording.</param>
public sealed record FeedbackItem(
    [property: JsonRequired] string PredictionId,
    JsonElement? Actual = null,
    bool? Correct = null,
    double? Value = null,
    int? Rating = null,
    string? Comment = null,
    DateTimeOffset? Time = null)
{
    /// <summary>Items of one request at most.</summary>
    public const int MaxItems = 1_000;

    /// <summary>Characters of a comment at most.</summary>
    public const int MaxCommentLength = 2_000;

    /// <summary>Characters of a label at most.</summary>
    public const int MaxLabelLength = 1_000;

    /// <summary>The best rating; the worst is 1.</summary>
    public const int MaxRating = 5;
}
