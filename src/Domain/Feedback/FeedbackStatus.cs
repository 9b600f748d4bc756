using System.Text.Json.Serialization;

namespace Trainyard.Domain.Feedback;

/// <summary>What became of feedback.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedbackStatus>))]
public enum FeedbackStatus
{
    /// <summary>It is the first about its prediction.</summary>
    [JsonStringEnumMemberName("recorded")]
    Recorded,

    /// <summary>It stands in place of what was told before.</summary>
    [JsonStringEnumMemberName("replaced")]
    Replaced,

    /// <summary>The same was told before.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,
}
