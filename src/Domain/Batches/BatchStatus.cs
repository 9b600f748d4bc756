using System.Text.Json.Serialization;

namespace Trainyard.Domain.Batches;

/// <summary>Where a prediction job stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchStatus>))]
public enum BatchStatus
{
    /// <summary>Recorded; its orchestration has not begun.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>Its rows are being predicted.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Every row was predicted, or is told of as failed, and the results can be had.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>It could not be carried out, or not one row could be predicted.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>A caller cancelled it; there are no results.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
