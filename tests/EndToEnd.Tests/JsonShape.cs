using System.Text.Json;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Holds an answer against an example: every field of the example is there, with a value of the same kind.</summary>
internal static class JsonShape
{
    public static IEnumerable<string> Differences(JsonElement example, JsonElement actual, string path = "$")
    {
        if (Kind(example) != Kind(actual))
        {
            return [$"{path}: the example shows {Kind(example)}, the answer has {Kind(actual)}"];
        }

        return example.ValueKind switch
        {
            JsonValueKind.Object => example.EnumerateObject().SelectMany(field => actual.TryGetProperty(field.Name, out JsonElement value)
                ? Differences(field.Value, value, $"{path}.{field.Name}")
                : [$"{path}.{field.Name}: not in the answer"]),
            JsonValueKind.Array when example.GetArrayLength() > 0 => actual.GetArrayLength() > 0
                ? Differences(example[0], actual[0], $"{path}[0]")
                : [$"{path}: empty in the answer"],
            _ => [],
        };
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind kind => kind.ToString(),
    };
}
