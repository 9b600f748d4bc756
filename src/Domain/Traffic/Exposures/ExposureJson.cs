using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Exposures;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExposurePage))]
internal sealed partial class ExposureJson : JsonSerializerContext;
