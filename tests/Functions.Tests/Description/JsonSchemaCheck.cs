using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.Functions.Tests.Description;

/// <summary>Holds a JSON value against a schema of the document: the keywords that it uses, and no others.</summary>
internal sealed class JsonSchemaCheck(JsonNode document)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong, as paths with reasons; empty when nothing is.</summary>
    public IReadOnlyList<string> Check(JsonNode? value, JsonNode schema, string at = "$")
    {
        List<string> faults = [];
        Check(value, schema, at, faults);
        return faults;
    }

    private void Check(JsonNode? value, JsonNode schema, string at, List<string> faults)
    {
        foreach ((string keyword, JsonNode? rule) in schema.AsObject())
        {
            switch (keyword)
            {
                case "$ref":
                    Check(value, DescribedOperation.Follow(document, schema), at, faults);
                    break;
                case "type":
                    Expect(IsOf(value, rule!), $"{at} is {value?.ToJsonString() ?? "null"}, not of type {rule!.ToJsonString()}");
                    break;
                case "enum":
                    Expect(rule!.AsArray().Any(each => JsonNode.DeepEquals(each, value)), $"{at} is {value?.ToJsonString()}, none of {rule!.ToJsonString()}");
                    break;
                case "anyOf":
                    Expect(rule!.AsArray().Any(each => Check(value, each!, at).Count == 0), $"{at} is {value?.ToJsonString() ?? "null"}, which no alternative fits");
                    break;
                case "allOf":
                    Array.ForEach([.. rule!.AsArray()], each => Check(value, each!, at, faults));
                    break;
                case "properties" when value is JsonObject members:
                    foreach ((string name, JsonNode? member) in rule!.AsObject().Where(each => members.ContainsKey(each.Key)))
                    {
                        Check(members[name], member!, $"{at}.{name}", faults);
                    }

                    break;
                case "required" when value is JsonObject members:
                    Array.ForEach([.. rule!.AsArray()], name => Expect(members.ContainsKey((string)name!), $"{at} lacks {name}"));
                    break;
                case "additionalProperties" when value is JsonObject members && rule is JsonObject:
                    Array.ForEach([.. members], member => Check(member.Value, rule, $"{at}.{member.Key}", faults));
                    break;
                case "additionalProperties" when value is JsonObject members && rule!.GetValueKind() == JsonValueKind.False:
                    Expect(members.All(member => schema["properties"]!.AsObject().ContainsKey(member.Key)), $"{at} has members that are not described");
                    break;
                case "items" when value is JsonArray items:
                    for (int index = 0; index < items.Count; index++)
                    {
                        Check(items[index], rule!, string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]"), faults);
                    }

                    break;
                case "pattern" when value?.GetValueKind() == JsonValueKind.String:
                    Expect(Regex.IsMatch((string)value!, (string)rule!, RegexOptions.None, Patience), $"{at} does not match {rule}");
                    break;
                case "format" when (string)rule! == "date-time" && value is not null:
                    Expect(DateTimeOffset.TryParse((string)value!, CultureInfo.InvariantCulture, out _), $"{at} is no date and time");
                    break;
                case "properties" or "required" or "additionalProperties" or "items" or "pattern" or "format" or "description" or "default"
                    or "minimum" or "maximum" or "minLength" or "maxLength" or "maxProperties" or "minItems" or "maxItems":
                    break;
                default:
                    throw new InvalidOperationException($"The document uses '{keyword}', which is not checked here.");
            }
        }

        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static bool IsOf(JsonNode? value, JsonNode type) => type is JsonArray several
        ? several.Any(each => IsOf(value, each!))
        : ((string)type!, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
            _ => false,
        };
}
