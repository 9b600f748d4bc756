using System.Text.Json.Serialization;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>How requests for forecasts travel.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ForecastRequest))]
internal sealed partial class ForecastWire : JsonSerializerContext;
