using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary>How the marks of personal data travel.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PersonalColumnsRequest))]
[JsonSerializable(typeof(PersonalColumnsView))]
internal sealed partial class PersonalColumnsWire : JsonSerializerContext;
