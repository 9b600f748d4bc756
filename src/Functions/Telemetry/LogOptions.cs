namespace Trainyard.Functions.Telemetry;

/// <summary>How a host that writes its log itself writes it.</summary>
/// <param name="IsJson">Whether each line is a JSON object, with its fields and scopes; else it is text for people.</param>
public sealed record LogOptions(bool IsJson);
