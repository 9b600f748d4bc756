using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>How a canary stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CanaryState>))]
public enum CanaryState
{
    /// <summary>It goes from step to step.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It stays at its step until somebody resumes it; harm still ends it.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>The new version has all traffic.</summary>
    [JsonStringEnumMemberName("promoted")]
    Promoted,

    /// <summary>It was found to do harm; the version that was in production has all traffic again.</summary>
    [JsonStringEnumMemberName("rolled_back")]
    RolledBack,

    /// <summary>Somebody ended it; the version that was in production has all traffic again.</summary>
    [JsonStringEnumMemberName("aborted")]
    Aborted,

    /// <summary>Somebody changed the deployment meanwhile, and that holds.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
