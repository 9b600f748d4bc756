using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry;

/// <summary>Writes a version as its text.</summary>
internal sealed class SemanticVersionConverter : JsonConverter<SemanticVersion>
{
    public override SemanticVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SemanticVersion.TryParse(reader.GetString(), out SemanticVersion version) ? version : throw new JsonException("Not a version such as 1.2.3.");

    public override void Write(Utf8JsonWriter writer, SemanticVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
