using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Canaries;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Canary))]
internal sealed partial class CanaryJson : JsonSerializerContext;
