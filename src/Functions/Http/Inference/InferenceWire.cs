using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>How the Open Inference Protocol travels: snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ServerState))]
[JsonSerializable(typeof(ModelState))]
[JsonSerializable(typeof(ModelMetadata))]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferAnswer))]
internal sealed partial class InferenceWire : JsonSerializerContext;
