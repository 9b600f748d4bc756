using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Sets a pipeline's gate.</summary>
/// <param name="Threshold">The bound, in the metric's own unit; required, for a gate of 0 lets every model pass.</param>
internal sealed record ThresholdRequest([property: JsonRequired] double Threshold);
