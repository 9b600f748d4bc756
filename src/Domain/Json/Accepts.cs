using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trainyard.Domain.Json;

/// <summary>Which JSON tokens a .NET type is written as.</summary>
internal static class Accepts
{
    /// <summary>What the type wants when <paramref name="token"/> is not that; null when it may be.</summary>
    public static string? Mismatch(JsonTypeInfo type, JsonTokenType token) => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => token == JsonTokenType.StartObject ? null : "an object",
        JsonTypeInfoKind.Enumerable => token == JsonTokenType.StartArray ? null : "a list",
        _ => Scalar(Nullable.GetUnderlyingType(type.Type) ?? type.Type, token),
    };

    /// <summary>True when null is a value of the type itself.</summary>
    public static bool Null(Type type) => Nullable.GetUnderlyingType(type) is not null || IsOpen(type);

    private static string? Scalar(Type type, JsonTokenType token)
    {
        if (IsOpen(type))
        {
            return null;
        }

        if (type == typeof(bool))
        {
            return token is JsonTokenType.True or JsonTokenType.False ? null : "true or false";
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            bool whole = type != typeof(double) && type != typeof(float) && type != typeof(decimal);
            return token == JsonTokenType.Number ? null : whole ? "a whole number" : "a number";
        }

        return token == JsonTokenType.String ? null : "a text";
    }

    private static bool IsOpen(Type type) =>
        type == typeof(object) || type == typeof(JsonElement) || typeof(System.Text.Json.Nodes.JsonNode).IsAssignableFrom(type);
}
