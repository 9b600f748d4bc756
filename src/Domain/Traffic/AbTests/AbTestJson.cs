using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.AbTests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AbTest))]
internal sealed partial class AbTestJson : JsonSerializerContext;
