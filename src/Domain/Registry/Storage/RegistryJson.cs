using System.Text.Json.Serialization;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Removal;

namespace Trainyard.Domain.Registry.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RegisteredModel))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(ModelPointer))]
[JsonSerializable(typeof(NumberPointer))]
[JsonSerializable(typeof(ModelEvent))]
[JsonSerializable(typeof(AliasEntry))]
[JsonSerializable(typeof(Leftover))]
internal sealed partial class RegistryJson : JsonSerializerContext;
