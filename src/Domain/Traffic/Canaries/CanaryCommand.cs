using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>What somebody asks of a canary.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CanaryCommand>))]
public enum CanaryCommand
{
    /// <summary>Stay at the step.</summary>
    [JsonStringEnumMemberName("pause")]
    Pause,

    /// <summary>Go on.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    /// <summary>Give the new version all traffic now.</summary>
    [JsonStringEnumMemberName("promote")]
    Promote,

    /// <summary>Give it none.</summary>
    [JsonStringEnumMemberName("abort")]
    Abort,
}
