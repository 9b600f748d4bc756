using System.Text.Json.Serialization;

namespace Trainyard.Domain.Batches.Results;

/// <summary>How a file of results is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResultFormat>))]
public enum ResultFormat
{
    /// <summary>CSV with a line of column names.</summary>
    [JsonStringEnumMemberName("csv")]
    Csv,

    /// <summary>JSON Lines: an object a row.</summary>
    [JsonStringEnumMemberName("jsonl")]
    JsonLines,
}
