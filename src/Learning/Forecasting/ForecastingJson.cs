using System.Text.Json.Serialization;

namespace Trainyard.Learning.Forecasting;

/// <summary>How manifests of forecasters read and write.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ForecasterManifest))]
internal sealed partial class ForecastingJson : JsonSerializerContext;
