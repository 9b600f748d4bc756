using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Canaries;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Canary))]
[JsonSerializable(typeof(CanaryPointer))]
[JsonSerializable(typeof(CanaryMark))]
internal sealed partial class CanaryJson : JsonSerializerContext;
