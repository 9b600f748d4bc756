using System.Text.Json.Serialization;

namespace Trainyard.Learning.Features;

/// <summary>How plans and targets read and write inside manifests; the same conventions as <see cref="Data.DataJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TargetEncoding))]
[JsonSerializable(typeof(FeaturePlanDocument))]
internal sealed partial class FeaturesJson : JsonSerializerContext;
