using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Recorded; its orchestration has not begun.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>Its steps are being taken.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>The gate was passed and the version is deployed.</summary>
    [JsonStringEnumMemberName("deployed")]
    Deployed,

    /// <summary>The gate was passed and the version is registered; the pipeline does not deploy by itself.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>The gate was not passed; nothing was registered.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>A step failed; what the run had done was undone.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>A caller cancelled it; what it had done was undone.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
