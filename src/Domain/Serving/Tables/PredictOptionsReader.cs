using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Reads the options of a request for predictions, wherever among its fields they stand.</summary>
/// <remarks>Options are single values, rows a list or an object. So a body that begins with its rows and ends with them has none, which two looks tell.</remarks>
internal static class PredictOptionsReader
{
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = InstanceReader.MaxDepth };

    /// <summary>Whether reading the fields one by one could find an option.</summary>
    /// <param name="body">UTF-8 that is not blank.</param>
    /// <param name="fields">What the fields are called.</param>
    public static bool MayHaveOptions(ReadOnlySpan<byte> body, PredictFields fields)
    {
        ReadOnlySpan<byte> trimmed = body.TrimEnd(" \t\r\n"u8);
        ReadOnlySpan<byte> inner = trimmed[^1] == (byte)'}' ? trimmed[..^1].TrimEnd(" \t\r\n"u8) : [];
        return inner.IsEmpty || inner[^1] is not ((byte)']' or (byte)'}') || !BeginsWithRows(inner, fields);
    }

    /// <summary>Reads the options, and refuses fields that are none or there twice; what the rows hold is not looked at.</summary>
    /// <param name="body">UTF-8 that is not blank.</param>
    /// <param name="fields">What the fields are called.</param>
    /// <exception cref="ProblemException"><c>json_malformed</c>, <c>json_not_unicode</c>, <c>field_unknown</c>, <c>field_duplicate</c>, <c>field_type</c>, <c>option_out_of_range</c>, <c>option_unknown</c>.</exception>
    public static PredictOptions Read(ReadOnlySpan<byte> body, PredictFields fields)
    {
        try
        {
            Utf8JsonReader reader = new(body, Depth);
            return ReadFields(ref reader, fields);
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private static PredictOptions ReadFields(ref Utf8JsonReader reader, PredictFields fields)
    {
        PredictOptions found = PredictOptions.Default;
        HashSet<string> seen = new(StringComparer.Ordinal);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonProblems.WrongType(string.Empty, "an object", JsonProblems.Describe(reader.TokenType));
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonText.Of(in reader);
            bool isRows = fields.IsRows(name);
            if (!seen.Add(isRows ? fields.Row : name))
            {
                throw JsonProblems.Duplicate(name);
            }

            reader.Read();
            found = isRows || name == fields.Model ? found : ReadOption(ref reader, name, fields, found);
            reader.Skip();
        }

        reader.Read();
        return found;
    }

    private static PredictOptions ReadOption(ref Utf8JsonReader reader, string name, PredictFields fields, PredictOptions found)
    {
        if (!fields.Names.Contains(name))
        {
            throw JsonProblems.Unknown(name, name, fields.Names);
        }

        return name == fields.Probabilities ? found with { Probabilities = Flag(ref reader, name) }
            : name == fields.Explain ? found with { Explain = Count(ref reader, name) }
            : name == fields.UnknownColumns ? found with { IgnoresUnknown = Word(ref reader, name, PredictWords.UnknownColumns) == PredictWords.Ignore }
            : found with { AnswersPerRow = Word(ref reader, name, PredictWords.Errors) == PredictWords.PerRow };
    }

    private static bool Flag(ref Utf8JsonReader reader, string name) => reader.TokenType is JsonTokenType.True or JsonTokenType.False
        ? reader.GetBoolean()
        : throw JsonProblems.WrongType(name, "true or false", JsonProblems.Describe(reader.TokenType));

    private static int Count(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw JsonProblems.WrongType(name, "a whole number", JsonProblems.Describe(reader.TokenType));
        }

        return reader.TryGetInt32(out int count) && count is >= 1 and <= PredictWords.MaxExplained ? count : throw ServingProblems.ExplainOutOfRange(name);
    }

    private static string Word(ref Utf8JsonReader reader, string name, IReadOnlyList<string> words)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw JsonProblems.WrongType(name, "a text", JsonProblems.Describe(reader.TokenType));
        }

        string word = JsonText.Of(in reader);
        return words.Contains(word, StringComparer.Ordinal) ? word : throw ServingProblems.OptionUnknown(name, words);
    }

    private static bool BeginsWithRows(ReadOnlySpan<byte> body, PredictFields fields)
    {
        ReadOnlySpan<byte> rest = body.TrimStart(" \t\r\n"u8);
        rest = rest.StartsWith("{"u8) ? rest[1..].TrimStart(" \t\r\n"u8) : [];
        int end = rest.StartsWith("\""u8) ? rest[1..].IndexOf((byte)'"') : -1;
        return end >= 0 && (IsName(rest.Slice(1, end), fields.Rows) || IsName(rest.Slice(1, end), fields.Row));
    }

    private static bool IsName(ReadOnlySpan<byte> utf8, string? name) => name is not null && System.Text.Ascii.Equals(utf8, name);
}
