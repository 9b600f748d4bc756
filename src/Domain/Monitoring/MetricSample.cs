namespace Trainyard.Domain.Monitoring;

/// <summary>One value of a metric.</summary>
/// <param name="Name">The metric's name, of a histogram with its suffix.</param>
/// <param name="Label">The label's name, or null.</param>
/// <param name="LabelValue">The label's value; empty without a label.</param>
/// <param name="Value">The value.</param>
public sealed record MetricSample(string Name, string? Label, string LabelValue, double Value);
