using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Mlops;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(MlopsModelView))]
[JsonSerializable(typeof(MlopsModelList))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(MlopsDeployRequest))]
[JsonSerializable(typeof(MlopsDeployment))]
[JsonSerializable(typeof(CompareRequest))]
[JsonSerializable(typeof(ComparisonView))]
internal sealed partial class MlopsWire : JsonSerializerContext;
