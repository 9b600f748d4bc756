using System.Buffers;
using System.Text.Json;

namespace Trainyard.Domain.Redaction;

/// <summary>JSON without secrets, and otherwise as it was.</summary>
public static class RedactedJson
{
    /// <summary>A copy in which every text and name is cleaned, and what stands under a secret's name is replaced as a whole.</summary>
    /// <param name="json">One value in UTF-8.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> copy = new(json.Length);
        using (Utf8JsonWriter writer = new(copy))
        {
            Utf8JsonReader reader = new(json);
            bool isSecret = false;
            while (reader.Read())
            {
                isSecret = Copy(ref reader, writer, isSecret);
            }
        }

        return JsonElement.Parse(copy.WrittenSpan);
    }

    // Returns whether what comes next is a secret.
    private static bool Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, bool isSecret)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                string name = reader.GetString()!;
                writer.WritePropertyName(Redactor.Clean(name));
                return Redactor.IsSecret(name);
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case not JsonTokenType.Null when isSecret:
                reader.Skip();
                writer.WriteStringValue(Redactor.Mark);
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Redactor.Clean(reader.GetString()!));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan);
                break;
        }

        return false;
    }
}
