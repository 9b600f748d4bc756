using System.Text.Json.Serialization;

namespace Trainyard.Domain.Registry;

/// <summary>How a version comes to answer requests.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentStrategy>))]
public enum DeploymentStrategy
{
    /// <summary>All traffic at once.</summary>
    [JsonStringEnumMemberName("immediate")]
    Immediate,

    /// <summary>All traffic at once, after the version was loaded and has answered for itself beside the one in production.</summary>
    [JsonStringEnumMemberName("blue_green")]
    BlueGreen,

    /// <summary>Step by step, each judged by what was seen in it.</summary>
    [JsonStringEnumMemberName("canary")]
    Canary,

    /// <summary>The shares that somebody set.</summary>
    [JsonStringEnumMemberName("split")]
    Split,

    /// <summary>The shares of an A/B test.</summary>
    [JsonStringEnumMemberName("ab_test")]
    AbTest,

    /// <summary>Back to what was in production before.</summary>
    [JsonStringEnumMemberName("rollback")]
    Rollback,
}
