namespace Trainyard.Domain.Alerts;

/// <summary>Something that a person should look at.</summary>
/// <param name="Id">Made from what it is about: the same cause raises the same alert once.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="RaisedAt">The moment of its cause (UTC).</param>
/// <param name="ModelName">The model concerned.</param>
/// <param name="PipelineId">The pipeline concerned; empty when there is none.</param>
/// <param name="RunId">The run that showed it, or that made what is concerned.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Its value.</param>
/// <param name="Expected">The threshold, or the value the time before.</param>
public sealed record Alert(
    string Id,
    AlertKind Kind,
    string Message,
    DateTimeOffset RaisedAt,
    string ModelName,
    string PipelineId,
    string RunId,
    string Metric,
    double Value,
    double Expected);
