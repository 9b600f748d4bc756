using System.Text.Json.Serialization;

namespace Trainyard.Learning.Text;

/// <summary>How manifests of text classifiers read and write.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TextManifest))]
internal sealed partial class TextJson : JsonSerializerContext;
