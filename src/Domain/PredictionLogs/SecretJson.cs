using System.Text.Json.Serialization;

namespace Trainyard.Domain.PredictionLogs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelSecret))]
internal sealed partial class SecretJson : JsonSerializerContext;
