using System.Text.Json.Serialization;

namespace Trainyard.Domain.Idempotency;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IdempotencyRecord))]
[JsonSerializable(typeof(IdempotencyTenant))]
internal sealed partial class IdempotencyJson : JsonSerializerContext;
