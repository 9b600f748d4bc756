using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Feedback;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(FeedbackAnswer))]
[JsonSerializable(typeof(FeedbackList))]
[JsonSerializable(typeof(FeedbackSummary))]
internal sealed partial class FeedbackWire : JsonSerializerContext;
