using System.Text.Json;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Json;

/// <summary>The refusals of JSON that cannot be used.</summary>
public static class JsonProblems
{
    private const int MaxNamesShown = 20;
    private const int MaxNameLength = 64;

    /// <summary><c>json_too_large</c>.</summary>
    public static ProblemException TooLarge(long maxBytes) =>
        new(new Problem(ProblemKind.TooLarge, "json_too_large", $"The body is larger than the {maxBytes} bytes allowed here."));

    /// <summary><c>json_too_deep</c>.</summary>
    public static ProblemException TooDeep(string? field, int maxDepth) =>
        new(new Problem(ProblemKind.Malformed, "json_too_deep", $"The body nests objects or lists more than {maxDepth} deep.", field));

    /// <summary><c>json_empty</c>.</summary>
    public static ProblemException Empty() =>
        new(new Problem(ProblemKind.Malformed, "json_empty", "The body is empty; send a JSON object."));

    /// <summary><c>json_malformed</c>, with the line.</summary>
    public static ProblemException Malformed(JsonException cause) => new(
        new Problem(ProblemKind.Malformed, "json_malformed", $"The body is not valid JSON at line {(cause.LineNumber ?? 0) + 1}, byte {(cause.BytePositionInLine ?? 0) + 1}.")
        {
            Row = (cause.LineNumber ?? 0) + 1,
        },
        cause);

    /// <summary><c>json_not_unicode</c>: invalid UTF-8, or half a surrogate pair in an escape.</summary>
    public static ProblemException NotUnicode(string? field, Exception? cause = null) =>
        new(new Problem(ProblemKind.Malformed, "json_not_unicode", "The body holds text that is not valid Unicode; send UTF-8.", field), cause);

    /// <summary><c>field_duplicate</c>.</summary>
    public static ProblemException Duplicate(string field) =>
        new(new Problem(ProblemKind.Malformed, "field_duplicate", $"Field '{field}' is there twice; send it once.", field));

    /// <summary><c>field_unknown</c>, with the nearest known name.</summary>
    public static ProblemException Unknown(string field, string name, IReadOnlyCollection<string> known)
    {
        string names = string.Join(", ", known.Take(MaxNamesShown));
        string shown = name.Length > MaxNameLength ? string.Concat(name.AsSpan(0, MaxNameLength), "…") : name;
        return new(new Problem(ProblemKind.Malformed, "field_unknown", $"There is no field '{shown}' here.{Suggestion.Sentence(name, known)} Known are: {names}.", field));
    }

    /// <summary><c>field_missing</c>.</summary>
    public static ProblemException Missing(string field) =>
        new(new Problem(ProblemKind.Malformed, "field_missing", $"Field '{field}' is required.", field));

    /// <summary><c>field_type</c>.</summary>
    /// <param name="field">Its path.</param>
    /// <param name="expected">For example <c>a number</c>.</param>
    /// <param name="found">For example <c>a text</c>; null when it is the right kind but not a possible value.</param>
    /// <param name="cause">The cause, or null.</param>
    public static ProblemException WrongType(string field, string expected, string? found, Exception? cause = null)
    {
        string name = field.Length == 0 ? "The body" : $"Field '{field}'";
        string detail = found is null ? $"{name} must be {expected}." : $"{name} must be {expected}, not {found}.";
        return new(new Problem(ProblemKind.Malformed, "field_type", detail, field.Length == 0 ? null : field), cause);
    }

    /// <summary>What a token is, for a message.</summary>
    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
