using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.AbTests;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(AbTestBody))]
[JsonSerializable(typeof(AbTestNote))]
[JsonSerializable(typeof(AbTestConclusion))]
[JsonSerializable(typeof(AbTestView))]
[JsonSerializable(typeof(AbTestList))]
internal sealed partial class AbTestWire : JsonSerializerContext;
