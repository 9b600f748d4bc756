namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Sets a pipeline's gate.</summary>
/// <param name="Threshold">The bound, in the metric's own unit.</param>
internal sealed record ThresholdRequest(double Threshold);
