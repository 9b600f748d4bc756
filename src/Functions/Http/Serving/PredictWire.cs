using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Serving;

/// <summary>How predictions travel: snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(PredictAnswer))]
internal sealed partial class PredictWire : JsonSerializerContext;
