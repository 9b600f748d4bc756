using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines;

/// <summary>Whether a pipeline runs by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PipelineStatus>))]
public enum PipelineStatus
{
    /// <summary>Its schedule counts, and it can be triggered.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Its schedule rests; it can still be triggered by hand.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>Its runs are being removed; to every reader it is gone already.</summary>
    [JsonStringEnumMemberName("deleting")]
    Deleting,
}
