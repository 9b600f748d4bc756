using System.Text.Json.Serialization;

namespace Trainyard.Learning.Features;

/// <summary>How plans and targets read and write inside manifests; the same conventions as <see cref="Data.DataJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TargetEncoding))]
internal sealed partial class FeaturesJson : JsonSerializerContext;
