using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Description;

/// <summary>One operation as the document has it.</summary>
public sealed record DescribedOperation(string Method, string Path, JsonObject Node)
{
    public string Id => (string)Node["operationId"]!;

    /// <summary>The status of its success.</summary>
    public string Success => Node["responses"]!.AsObject().Select(response => response.Key).Single(status => status[0] == '2');

    /// <summary>What is said of that status; with references followed.</summary>
    public JsonNode? Response(JsonNode document, string status) =>
        Node["responses"]![status] is { } found ? Follow(document, found) : null;

    /// <summary>The codes that it may refuse with under a status; null when the status is not described.</summary>
    public IReadOnlySet<string>? Codes(JsonNode document, string status) =>
        Response(document, status)?["content"]!["application/problem+json"]!["schema"]!["allOf"]![1]!["properties"]!["code"]!["enum"]!.AsArray()
            .Select(code => (string)code!).ToHashSet(StringComparer.Ordinal);

    public IEnumerable<(string MediaType, JsonNode Schema, JsonNode Example)> Bodies() => Node["requestBody"]?["content"]!.AsObject()
        .Select(format => (format.Key, format.Value!["schema"]!, format.Value["example"]!)) ?? [];

    public static JsonNode Follow(JsonNode document, JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference[2..].Split('/').Aggregate(document, (at, part) => at[part]!)
        : node;

    public static IReadOnlyList<DescribedOperation> All(JsonNode document) =>
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => new DescribedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()))),
    ];
}
