using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Bodies that are almost right: a documented one with one thing in it replaced by something else, or left out.</summary>
internal static class MutatedBodies
{
    // As JSON, so that each is told apart from what a serializer would make of it.
    private static readonly string[] Replacements =
    [
        "null", "true", "0", "-1", "1", "1e308", "1e-320", "9223372036854775808", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"NaN\"", "\"v99999999999\"", "\"../..\"", "\"2025-13-45\"",
        "\"https://example.invalid/x.csv\"", "\"blob://x/y\"", "[]", "[null]", "[[[]]]", "{}", "{\"\":null}", "[1,\"a\",null,{}]",
    ];

    private static readonly string LongText = $"\"{new string('a', 5000)}\"";

    /// <summary>Every mutation of a body, always in the same order.</summary>
    public static IEnumerable<string> Of(JsonNode body)
    {
        foreach (object[] place in Places(body, []))
        {
            foreach (string replacement in Replacements.Append(LongText))
            {
                yield return Replaced(body, place, replacement);
            }

            if (place.Length > 0)
            {
                yield return Without(body, place);
            }
        }
    }

    private static IEnumerable<object[]> Places(JsonNode? node, object[] here)
    {
        yield return here;
        IEnumerable<(object Step, JsonNode? Node)> children = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => ((object)index, item)),
            _ => [],
        };
        foreach (object[] place in children.SelectMany(child => Places(child.Node, [.. here, child.Step])))
        {
            yield return place;
        }
    }

    private static string Replaced(JsonNode body, object[] place, string replacement)
    {
        // What a number like 1e308 becomes is for the server to say, so it is put in as text.
        const string Mark = "\"here-it-comes\"";
        if (place.Length == 0)
        {
            return replacement;
        }

        JsonNode copy = body.DeepClone();
        JsonNode parent = Parent(copy, place);
        JsonNode marked = JsonNode.Parse(Mark)!;
        if (place[^1] is string name)
        {
            parent[name] = marked;
        }
        else
        {
            parent[(int)place[^1]] = marked;
        }

        return copy.ToJsonString().Replace(Mark, replacement, StringComparison.Ordinal);
    }

    private static string Without(JsonNode body, object[] place)
    {
        JsonNode copy = body.DeepClone();
        if (Parent(copy, place) is JsonObject members)
        {
            members.Remove((string)place[^1]);
        }
        else
        {
            Parent(copy, place).AsArray().RemoveAt((int)place[^1]);
        }

        return copy.ToJsonString();
    }

    private static JsonNode Parent(JsonNode root, object[] place) =>
        place.SkipLast(1).Aggregate(root, (node, step) => step is string name ? node[name]! : node[(int)step]!);
}
