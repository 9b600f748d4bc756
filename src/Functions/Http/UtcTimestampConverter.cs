using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http;

/// <summary>Moments as RFC 3339 in UTC with a <c>Z</c>: <c>2025-11-03T21:00:00Z</c>, with a fraction only where there is one.</summary>
internal sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}
