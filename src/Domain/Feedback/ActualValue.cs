using System.Globalization;
using System.Text.Json;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Feedback;

/// <summary>What was true, as somebody wrote it in JSON.</summary>
/// <remarks>
/// A label may be told in several ways: the truth value <c>true</c> stands for the labels <c>true</c>, <c>True</c> and <c>1</c>, a number for its own text and its
/// shortest one. The prediction was right when one of them is what it said.
/// </remarks>
internal readonly record struct ActualValue(IReadOnlyList<string> Labels, double? Number)
{
    private static readonly string[] True = ["true", "True", "1"];
    private static readonly string[] False = ["false", "False", "0"];

    /// <summary>Reads a text, a number or a truth value; null for anything else.</summary>
    public static ActualValue? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new([json.GetString()!], NumberOf(json.GetString()!)),
        JsonValueKind.Number => new([json.GetRawText(), json.GetDouble().ToString("R", CultureInfo.InvariantCulture)], NumberOf(json.GetRawText())),
        JsonValueKind.True => new(True, null),
        JsonValueKind.False => new(False, null),
        _ => null,
    };

    /// <summary>Whether a label that was predicted is what was true.</summary>
    public bool Is(PredictedValue predicted) => Labels.Any(label => PredictedValue.Of(label) == predicted);

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
