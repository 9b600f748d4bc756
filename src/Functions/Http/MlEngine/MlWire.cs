using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.MlEngine;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(MlModelMetadata))]
[JsonSerializable(typeof(MlModelList))]
[JsonSerializable(typeof(MlDeployment))]
[JsonSerializable(typeof(MlDeployRequest))]
[JsonSerializable(typeof(MlDeletion))]
[JsonSerializable(typeof(FeedbackData))]
[JsonSerializable(typeof(FeedbackResponse))]
internal sealed partial class MlWire : JsonSerializerContext;
