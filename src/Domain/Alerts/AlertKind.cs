using System.Text.Json.Serialization;

namespace Trainyard.Domain.Alerts;

/// <summary>What an alert is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertKind>))]
public enum AlertKind
{
    /// <summary>A metric does not meet its threshold.</summary>
    [JsonStringEnumMemberName("threshold_missed")]
    ThresholdMissed,

    /// <summary>A metric is noticeably worse than the time before.</summary>
    [JsonStringEnumMemberName("metric_degraded")]
    MetricDegraded,

    /// <summary>A model file is gone, truncated or altered.</summary>
    [JsonStringEnumMemberName("artifact_damaged")]
    ArtifactDamaged,

    /// <summary>A version answers the requests of another, which cannot be loaded.</summary>
    [JsonStringEnumMemberName("fallback_served")]
    FallbackServed,

    /// <summary>A new version was found to do harm, and what was in production answers again.</summary>
    [JsonStringEnumMemberName("canary_rolled_back")]
    CanaryRolledBack,

    /// <summary>An A/B test ended itself, for it proved harm or cannot be believed.</summary>
    [JsonStringEnumMemberName("ab_test_stopped")]
    AbTestStopped,

    /// <summary>Found outside the platform, and told by message.</summary>
    [JsonStringEnumMemberName("external")]
    External,
}
