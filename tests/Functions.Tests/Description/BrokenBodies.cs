using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Description;

/// <summary>An example with one rule of its schema broken at a time.</summary>
internal static class BrokenBodies
{
    public static IEnumerable<(string Member, string Rule, JsonObject Body)> Of(JsonNode document, JsonNode reference, JsonObject example)
    {
        JsonNode schema = DescribedOperation.Follow(document, reference);
        yield return ("no_such_member", "additionalProperties", With(example, "no_such_member", 1));
        foreach (JsonNode? required in schema["required"]?.AsArray() ?? [])
        {
            JsonObject body = example.DeepClone().AsObject();
            body.Remove((string)required!);
            yield return ((string)required!, "required", body);
        }

        foreach ((string name, JsonNode? member) in schema["properties"]!.AsObject())
        {
            foreach ((string rule, JsonNode? value) in Broken(member!))
            {
                yield return (name, rule, With(example, name, value));
            }
        }
    }

    private static IEnumerable<(string Rule, JsonNode? Value)> Broken(JsonNode schema)
    {
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(each => (string)each!)],
            { } one => [(string)one!],
            null => [],
        };
        if (types.Length > 0)
        {
            yield return ("type", types.Contains("object") ? "no object" : new JsonObject { ["wrong"] = true });
        }

        if (types.Length > 0 && !types.Contains("null"))
        {
            yield return ("type", null);
        }

        if (schema["enum"] is not null)
        {
            yield return ("enum", "no_such_word");
        }

        if (schema["items"]?["enum"] is not null)
        {
            yield return ("items", new JsonArray("no_such_word"));
        }

        if ((int?)schema["minItems"] == 1)
        {
            yield return ("minItems", new JsonArray());
        }

        if (schema["pattern"] is not null)
        {
            yield return ("pattern", "!");
        }

        if ((int?)schema["minLength"] == 1)
        {
            yield return ("minLength", "");
        }

        if ((int?)schema["maxLength"] is { } longest)
        {
            yield return ("maxLength", new string('a', longest + 1));
        }

        if ((int?)schema["maxProperties"] is { } most)
        {
            yield return ("maxProperties", new JsonObject(Enumerable.Range(0, most + 1).Select(index => KeyValuePair.Create($"column{index.ToString(CultureInfo.InvariantCulture)}", (JsonNode?)1))));
        }

        if (schema["minimum"] is { } least && types.Contains("integer"))
        {
            yield return ("minimum", (long)least - 1);
        }

        if (schema["additionalProperties"]?["maximum"] is { } greatest)
        {
            yield return ("additionalProperties", new JsonObject { ["size"] = (long)greatest + 1 });
        }
    }

    private static JsonObject With(JsonObject example, string name, JsonNode? value)
    {
        JsonObject body = example.DeepClone().AsObject();
        body[name] = value;
        return body;
    }
}
