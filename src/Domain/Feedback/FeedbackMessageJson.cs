using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback;

/// <summary>How messages travel: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FeedbackMessage))]
internal sealed partial class FeedbackMessageJson : JsonSerializerContext;
