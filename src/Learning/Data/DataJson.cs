using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trainyard.Learning.Data;

/// <summary>How data records read and write inside manifests: camelCase, enumerations by name, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TableSchema))]
internal sealed partial class DataJson : JsonSerializerContext
{
    public static JsonObject Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type)!.AsObject();

    /// <summary>Reads a record; whatever is wrong with it becomes a <see cref="LearningException"/> of this code.</summary>
    public static T Read<T>(JsonNode? json, JsonTypeInfo<T> type, string code, string what)
    {
        try
        {
            return json.Deserialize(type) ?? throw new LearningException(code, $"The {what} is null.", what);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new LearningException(code, $"The {what} cannot be read: {exception.Message}", what, exception);
        }
    }
}
