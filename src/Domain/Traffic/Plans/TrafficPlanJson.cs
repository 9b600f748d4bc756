using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Plans;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrafficPlanPointer))]
[JsonSerializable(typeof(TrafficPlanMark))]
internal sealed partial class TrafficPlanJson : JsonSerializerContext;
