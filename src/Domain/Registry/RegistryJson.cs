using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RegisteredModel))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(ModelPointer))]
[JsonSerializable(typeof(NumberPointer))]
internal sealed partial class RegistryJson : JsonSerializerContext;
