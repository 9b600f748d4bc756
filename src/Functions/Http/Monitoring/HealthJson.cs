using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Monitoring;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ReadyView))]
internal sealed partial class HealthJson : JsonSerializerContext;
