using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Json;

/// <summary>Reads JSON from outside into records: everything that is not exactly what the record declares is refused by name.</summary>
public static class StrictJson
{
    /// <summary>Reads one document.</summary>
    /// <param name="utf8">The whole document.</param>
    /// <param name="type">Source-generated description of the record.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="ProblemException">
    /// <c>json_empty</c>, <c>json_too_large</c>, <c>json_too_deep</c>, <c>json_malformed</c>, <c>json_not_unicode</c>,
    /// <c>field_unknown</c>, <c>field_duplicate</c>, <c>field_missing</c>, <c>field_type</c>; the field is a path such as <c>steps[2].name</c>.
    /// </exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type, JsonLimits limits)
    {
        if (utf8.Length > limits.MaxBytes)
        {
            throw JsonProblems.TooLarge(limits.MaxBytes);
        }

        utf8 = WithoutByteOrderMark(utf8);
        JsonBytes.Require(utf8);

        new StrictJsonWalk(type.Options, limits).Check(utf8, type);
        return Deserialize(utf8, type);
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    // What the walk let through can still be an impossible value: a number out of range, a date that is none.
    private static T Deserialize<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw JsonProblems.WrongType(string.Empty, "an object", "null");
        }
        catch (JsonException exception)
        {
            string path = exception.Path is { Length: > 2 } text ? text[2..] : string.Empty;
            throw JsonProblems.WrongType(path, "a possible value of its type (in range, well formed)", null, exception);
        }
    }
}
