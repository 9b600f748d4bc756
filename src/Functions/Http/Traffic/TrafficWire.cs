using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Traffic;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(TrafficRequest))]
[JsonSerializable(typeof(TrafficView))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(TrafficReport))]
internal sealed partial class TrafficWire : JsonSerializerContext;
