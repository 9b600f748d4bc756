using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>Who asked for a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>A caller.</summary>
    [JsonStringEnumMemberName("manual")]
    Manual,

    /// <summary>The pipeline's schedule.</summary>
    [JsonStringEnumMemberName("schedule")]
    Schedule,
}
