using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Feedback;

/// <summary>What is recorded of one prediction. What nobody told is absent.</summary>
/// <param name="PredictionId">The prediction.</param>
/// <param name="Version">What predicted, as <c>v5</c>.</param>
/// <param name="Deployment">The number of the deployment by which it did; 0 when it was asked for by its name.</param>
/// <param name="PredictedAt">When it predicted.</param>
/// <param name="RecordedAt">When this was recorded last.</param>
/// <param name="By">Who recorded it last.</param>
/// <param name="Revision">1, and one more with every correction.</param>
/// <param name="Predicted">The number that was predicted; absent for a label.</param>
/// <param name="Actual">What was true, as a text.</param>
/// <param name="Correct">Whether the prediction was right.</param>
/// <param name="Error">The number that was predicted less the true one.</param>
/// <param name="Value">What came of it.</param>
/// <param name="Rating">From 1 to 5.</param>
/// <param name="Comment">In words.</param>
/// <param name="Time">When it was found, as whoever told it says.</param>
internal sealed record FeedbackView(
    string PredictionId,
    string Version,
    int Deployment,
    DateTimeOffset PredictedAt,
    DateTimeOffset RecordedAt,
    string By,
    int Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Predicted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Actual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Correct,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Rating,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Comment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Time);
