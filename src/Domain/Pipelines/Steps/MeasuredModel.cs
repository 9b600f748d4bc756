namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A fitted model and what it is worth on the held-out rows.</summary>
/// <param name="Model">The model.</param>
/// <param name="Metrics">Metrics by name.</param>
public sealed record MeasuredModel(FittedModel Model, IReadOnlyDictionary<string, double> Metrics);
