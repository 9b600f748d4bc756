using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Canaries;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(CanaryView))]
[JsonSerializable(typeof(CanaryNote))]
internal sealed partial class CanaryWire : JsonSerializerContext;
