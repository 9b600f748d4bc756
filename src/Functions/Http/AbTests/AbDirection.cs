using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>Which way a measure is to go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AbDirection>))]
internal enum AbDirection
{
    /// <summary>More of it is better.</summary>
    [JsonStringEnumMemberName("increase")]
    Increase,

    /// <summary>Less of it is better.</summary>
    [JsonStringEnumMemberName("decrease")]
    Decrease,
}
