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
[JsonSerializable(typeof(MlopsPredictRequest))]
[JsonSerializable(typeof(MlopsPrediction))]
[JsonSerializable(typeof(MlopsPredictBatchRequest))]
[JsonSerializable(typeof(MlopsPredictBatchAnswer))]
internal sealed partial class MlopsWire : JsonSerializerContext;
