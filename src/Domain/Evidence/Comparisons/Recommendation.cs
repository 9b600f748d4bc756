using System.Text.Json.Serialization;

namespace Trainyard.Domain.Evidence.Comparisons;

/// <summary>What an experiment says should be done.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Recommendation>))]
public enum Recommendation
{
    /// <summary>Go on: nothing is proven yet.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue,

    /// <summary>Take the group that is named: it is proven to be better, and no harm is.</summary>
    [JsonStringEnumMemberName("promote")]
    Promote,

    /// <summary>Keep the control.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>Believe none of it: units did not come to groups as they should have.</summary>
    [JsonStringEnumMemberName("invalid")]
    Invalid,
}
