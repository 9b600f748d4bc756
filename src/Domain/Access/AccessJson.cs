using System.Text.Json.Serialization;

namespace Trainyard.Domain.Access;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(KeyUse))]
[JsonSerializable(typeof(KeyMarker))]
internal sealed partial class AccessJson : JsonSerializerContext;
