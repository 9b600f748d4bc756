using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Counting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = false)]
[JsonSerializable(typeof(TallyRecord))]
internal sealed partial class CountingJson : JsonSerializerContext;
