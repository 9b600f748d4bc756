using System.Text.Json.Serialization;
using Trainyard.Domain.Messages;

namespace Trainyard.Domain.Alerts;

/// <summary>A message that raises an alert on what was found outside the platform.</summary>
/// <param name="Message">One sentence for a person.</param>
/// <param name="RaisedAt">The moment of its cause.</param>
public sealed record AlertMessage([property: JsonRequired] string Message, [property: JsonRequired] DateTimeOffset RaisedAt) : PlatformMessage
{
    /// <summary>The model concerned, or null.</summary>
    public string? ModelName { get; init; }

    /// <summary>The pipeline concerned, or null.</summary>
    public string? PipelineId { get; init; }

    /// <summary>What was measured, or null.</summary>
    public string? Metric { get; init; }

    /// <summary>Its value.</summary>
    public double Value { get; init; }

    /// <summary>What it should have been.</summary>
    public double Expected { get; init; }
}
