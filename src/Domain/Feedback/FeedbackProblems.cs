using System.Globalization;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Feedback;

/// <summary>The refusals of feedback.</summary>
internal static class FeedbackProblems
{
    public static ProblemException Missing() => new(new Problem(
        ProblemKind.Malformed, "feedback_missing", "Send {\"feedback\": [{\"prediction_id\": …, \"actual\": …}, …]}, or the fields of one item alone.", "feedback"));

    public static ProblemException TooMany() => new(new Problem(
        ProblemKind.TooLarge, "feedback_too_many", $"A request may hold {FeedbackItem.MaxItems} items of feedback; send the rest in further requests.", "feedback"));

    public static ProblemException Empty(int row) => Unusable(
        "feedback_empty", row, "says nothing of the prediction; give at least one of actual, correct, value, rating and comment.", "actual");

    public static ProblemException Repeated(int row) => Unusable("feedback_repeated", row, "is about the same prediction as one before it; send one item for each.", "prediction_id");

    public static ProblemException Unknown(int row, string why) => Unusable("prediction_unknown", row, why, "prediction_id");

    public static ProblemException Contradictory(int row) => Unusable(
        "feedback_contradictory", row, "says by 'correct' otherwise than by 'actual' whether the prediction was right; leave 'correct' out.", "correct");

    public static ProblemException Invalid(int row, string field, string right) => Unusable("feedback_invalid", row, $"has a '{field}' that cannot be used: {right}", field);

    public static string OfOther(RegisteredModel model) => $"names no prediction of model '{model.Name}'.";

    private static ProblemException Unusable(string code, int row, string detail, string field) => new(
        new Problem(ProblemKind.Unprocessable, code, string.Create(CultureInfo.InvariantCulture, $"Item {row} {detail}"), field) { Row = row });
}
