using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Registry;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelVersionList))]
[JsonSerializable(typeof(ModelVersionView))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(CreateModelRequest))]
[JsonSerializable(typeof(EditRequest))]
[JsonSerializable(typeof(AliasRequest))]
[JsonSerializable(typeof(AliasView))]
[JsonSerializable(typeof(AliasList))]
[JsonSerializable(typeof(DeletionView))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(DeploymentView))]
internal sealed partial class ModelViews : JsonSerializerContext;
