using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>How an A/B test stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AbTestState>))]
public enum AbTestState
{
    /// <summary>Traffic is divided among its variants.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>A variant that is not the control has all traffic.</summary>
    [JsonStringEnumMemberName("promoted")]
    Promoted,

    /// <summary>It was concluded, and the control has all traffic again.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>Its time was over, or as many units were seen as are counted; the control has all traffic again.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>Somebody, or proven harm, stopped it; the control has all traffic again.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Somebody changed the deployment meanwhile, and that holds.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
