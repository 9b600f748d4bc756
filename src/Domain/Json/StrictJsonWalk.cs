using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trainyard.Domain.Json;

/// <summary>Walks a document beside the description of the record that it shall become, and stops at the first difference.</summary>
internal sealed class StrictJsonWalk(JsonSerializerOptions options, JsonLimits limits)
{
    private readonly JsonPath path = new();

    public void Check(ReadOnlySpan<byte> utf8, JsonTypeInfo type)
    {
        // One level more than allowed, so that this class and not the reader words the refusal.
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
        try
        {
            reader.Read();
            Value(ref reader, type, nullable: false);
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private void Value(ref Utf8JsonReader reader, JsonTypeInfo? type, bool nullable)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= limits.MaxDepth)
        {
            throw JsonProblems.TooDeep(path.ToString(), limits.MaxDepth);
        }

        if (reader.TokenType != JsonTokenType.Null || !nullable)
        {
            Expect(reader.TokenType, type);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, type);
                break;
            case JsonTokenType.StartArray:
                List(ref reader, type);
                break;
            case JsonTokenType.String:
                _ = Text(ref reader);
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, JsonTypeInfo? type)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(ref reader);
            path.Enter(name);
            if (!seen.Add(name))
            {
                throw JsonProblems.Duplicate(path.ToString());
            }

            (JsonTypeInfo? member, bool nullable) = Member(type, name);
            reader.Read();
            Value(ref reader, member, nullable);
            path.Leave();
        }

        RequireMembers(type, seen);
    }

    private void List(ref Utf8JsonReader reader, JsonTypeInfo? type)
    {
        JsonTypeInfo? element = type?.ElementType is { } elementType ? options.GetTypeInfo(elementType) : null;
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            path.Enter(index);
            Value(ref reader, element, nullable: element is null || Accepts.Null(element.Type));
            path.Leave();
        }
    }

    private (JsonTypeInfo? Type, bool Nullable) Member(JsonTypeInfo? type, string name)
    {
        if (type?.Kind == JsonTypeInfoKind.Dictionary && type.ElementType is { } valueType)
        {
            return (options.GetTypeInfo(valueType), Accepts.Null(valueType));
        }

        if (type?.Kind != JsonTypeInfoKind.Object)
        {
            return (null, true);
        }

        JsonPropertyInfo property = type.Properties.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw JsonProblems.Unknown(path.ToString(), name, [.. type.Properties.Select(candidate => candidate.Name)]);
        return (options.GetTypeInfo(property.PropertyType), property.IsSetNullable || Accepts.Null(property.PropertyType));
    }

    private void RequireMembers(JsonTypeInfo? type, HashSet<string> seen)
    {
        JsonPropertyInfo? missing = type?.Kind == JsonTypeInfoKind.Object
            ? type.Properties.FirstOrDefault(property => property.IsRequired && !seen.Contains(property.Name))
            : null;
        if (missing is not null)
        {
            path.Enter(missing.Name);
            throw JsonProblems.Missing(path.ToString());
        }
    }

    private void Expect(JsonTokenType token, JsonTypeInfo? type)
    {
        if (type is not null && Accepts.Mismatch(type, token) is { } expected)
        {
            throw JsonProblems.WrongType(path.ToString(), expected, JsonProblems.Describe(token));
        }
    }

    // The reader checks UTF-8 and escapes only when the text is asked for; half a surrogate pair is found here.
    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.PropertyName || reader.ValueIsEscaped ? reader.GetString()! : string.Empty;
        }
        catch (InvalidOperationException exception)
        {
            throw JsonProblems.NotUnicode(path.ToString(), exception);
        }
    }
}
