using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedbackRecord))]
[JsonSerializable(typeof(FeedbackCounts))]
[JsonSerializable(typeof(FeedbackMark))]
internal sealed partial class FeedbackJson : JsonSerializerContext;
