namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>One point of a pipeline's metrics history.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Timestamp">When the run ended.</param>
/// <param name="Metrics">Metrics on the held-out rows.</param>
public sealed record RunMetrics(string RunId, DateTimeOffset Timestamp, IReadOnlyDictionary<string, double> Metrics);
