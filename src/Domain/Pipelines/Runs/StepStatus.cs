using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>Where a step stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
public enum StepStatus
{
    /// <summary>Being taken, or interrupted and about to be taken again.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Failed; a transient failure is tried again, and the attempt then counts up.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Left undone, because the run's cancellation was asked for or the run was given up.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
