using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.AbTests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AbTest))]
[JsonSerializable(typeof(AbTestPointer))]
[JsonSerializable(typeof(AbTestMark))]
internal sealed partial class AbTestJson : JsonSerializerContext;
