using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary>Whether one thing that the platform needs answers.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Failure">Why it did not answer; null when it did. For the log alone.</param>
internal sealed record ReadyCheck(string Name, double Seconds, [property: JsonIgnore] Exception? Failure);
