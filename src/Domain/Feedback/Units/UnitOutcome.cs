using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback.Units;

/// <summary>What became of one unit of an A/B test: of each thing what was told first, so that nothing that was counted changes afterwards.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Correct">Whether its prediction was right.</param>
/// <param name="Value">What came of it.</param>
/// <param name="Rating">How good it was found.</param>
/// <param name="Error">By how much its prediction was wrong.</param>
/// <param name="ConvertedAt">When a value above 0 was first told of it, in seconds since 1970; null while none was.</param>
public sealed record UnitOutcome(
    [property: JsonPropertyName("u")] ulong Unit,
    [property: JsonPropertyName("c")] bool? Correct = null,
    [property: JsonPropertyName("v")] double? Value = null,
    [property: JsonPropertyName("r")] int? Rating = null,
    [property: JsonPropertyName("e")] double? Error = null,
    [property: JsonPropertyName("t")] long? ConvertedAt = null)
{
    /// <summary>With what a record tells besides.</summary>
    internal UnitOutcome With(FeedbackRecord record) => this with
    {
        Correct = Correct ?? record.Correct,
        Value = Value ?? record.Value,
        Rating = Rating ?? record.Rating,
        Error = Error ?? (record.Error is { } error ? Math.Abs(error) : null),
        ConvertedAt = ConvertedAt ?? (record.Value > 0 ? record.RecordedAt.ToUnixTimeSeconds() : null),
    };
}
