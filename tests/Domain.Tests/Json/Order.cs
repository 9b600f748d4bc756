using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Domain.Tests.Json;

internal sealed record Order
{
    public required string Name { get; init; }

    public int Count { get; init; }

    public double? Ratio { get; init; }

    public bool Active { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public Buyer? Buyer { get; init; }

    public JsonElement? Notes { get; init; }
}

internal sealed record Buyer(string City);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Order))]
internal sealed partial class StrictJsonTestsJson : JsonSerializerContext;
