using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Wire;

/// <summary>Entities as JSON with OData type annotations (minimal metadata).</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private const string MetadataPrefix = "odata.";

    internal static byte[] Write(ITableEntity entity)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in AsDictionary(entity))
            {
                if (value is not null && name != nameof(ITableEntity.Timestamp) && !name.StartsWith(MetadataPrefix, StringComparison.Ordinal))
                {
                    WriteProperty(writer, name, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    internal static T Read<T>(JsonElement json)
        where T : class, ITableEntity
    {
        TableEntity entity = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            string? type = json.TryGetProperty(property.Name + TypeSuffix, out JsonElement annotation) ? annotation.GetString() : null;
            entity[property.Name] = property.Name switch
            {
                "odata.etag" => new ETag(property.Value.GetString()!).ToString(),
                nameof(ITableEntity.Timestamp) => property.Value.GetDateTimeOffset(),
                _ => ReadValue(property.Value, type),
            };
        }

        return entity as T ?? throw OtherType(typeof(T));
    }

    private static TableEntity AsDictionary(ITableEntity entity) => entity as TableEntity ?? throw OtherType(entity.GetType());

    private static NotSupportedException OtherType(Type type) =>
        new($"This stand-in knows entities of type TableEntity only, not {type}; build with UseCompat=false for others.");

    private static void WriteProperty(Utf8JsonWriter writer, string name, object value)
    {
        (string? type, Action<Utf8JsonWriter> write) = value switch
        {
            string text => ((string?)null, (Action<Utf8JsonWriter>)(json => json.WriteStringValue(text))),
            bool flag => (null, json => json.WriteBooleanValue(flag)),
            int number => (null, json => json.WriteNumberValue(number)),
            double number when double.IsFinite(number) => ("Edm.Double", json => json.WriteNumberValue(number)),
            double number => ("Edm.Double", json => json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture))),
            long number => ("Edm.Int64", json => json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture))),
            Guid guid => ("Edm.Guid", json => json.WriteStringValue(guid)),
            DateTimeOffset time => ("Edm.DateTime", json => json.WriteStringValue(time.UtcDateTime)),
            DateTime time => ("Edm.DateTime", json => json.WriteStringValue(time.ToUniversalTime())),
            byte[] bytes => ("Edm.Binary", json => json.WriteBase64StringValue(bytes)),
            BinaryData bytes => ("Edm.Binary", json => json.WriteBase64StringValue(bytes.ToMemory().Span)),
            _ => throw new NotSupportedException($"Property '{name}' has type {value.GetType()}, which Table storage does not know."),
        };
        if (type is not null)
        {
            writer.WriteString(name + TypeSuffix, type);
        }

        writer.WritePropertyName(name);
        write(writer);
    }

    private static object? ReadValue(JsonElement value, string? type) => type switch
    {
        "Edm.Binary" => value.GetBytesFromBase64(),
        "Edm.Int64" => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.Guid" => value.GetGuid(),
        "Edm.DateTime" => value.GetDateTimeOffset(),
        "Edm.Double" => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetInt32(out int number) ? number : value.GetDouble(),
            _ => null,
        },
    };
}
