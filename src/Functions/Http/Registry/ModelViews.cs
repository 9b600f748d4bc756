using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Registry;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelVersionList))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(DeploymentView))]
internal sealed partial class ModelViews : JsonSerializerContext;
