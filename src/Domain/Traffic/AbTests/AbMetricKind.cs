using System.Text.Json.Serialization;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>What is measured of the variants of an A/B test.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AbMetricKind>))]
public enum AbMetricKind
{
    /// <summary>The share of exposed units of which feedback with a value above 0 came within the window.</summary>
    [JsonStringEnumMemberName("conversion")]
    Conversion,

    /// <summary>The share of right predictions, of units of which that is known.</summary>
    [JsonStringEnumMemberName("correct")]
    Correct,

    /// <summary>The mean value that feedback tells.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>The mean rating.</summary>
    [JsonStringEnumMemberName("rating")]
    Rating,

    /// <summary>The mean size of errors of numbers.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The share of requests that failed or were refused.</summary>
    [JsonStringEnumMemberName("error_share")]
    ErrorShare,

    /// <summary>The share of requests that took longer than a time.</summary>
    [JsonStringEnumMemberName("slow_share")]
    SlowShare,
}
