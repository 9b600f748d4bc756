using System.Text.Json.Serialization;
using Trainyard.Domain.Feedback.Units;

namespace Trainyard.Domain.Feedback;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedbackRecord))]
[JsonSerializable(typeof(FeedbackCounts))]
[JsonSerializable(typeof(FeedbackMark))]
[JsonSerializable(typeof(UnitBucket))]
internal sealed partial class FeedbackJson : JsonSerializerContext;
