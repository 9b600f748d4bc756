using System.Text.Json.Serialization;

namespace Trainyard.Learning.Validation;

/// <summary>How expectations and reports are written: camelCase, enumerations by name, what is not set left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TableExpectations))]
[JsonSerializable(typeof(ValidationReport))]
internal sealed partial class ValidationJson : JsonSerializerContext;
