using System.Text.Json.Serialization;

namespace Trainyard.Learning.Import;

/// <summary>How XGBoost's files are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(XGBoostDocument))]
internal sealed partial class XGBoostJson : JsonSerializerContext;
