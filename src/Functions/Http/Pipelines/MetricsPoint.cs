namespace Trainyard.Functions.Http.Pipelines;

/// <summary>One measured run.</summary>
internal sealed record MetricsPoint(DateTimeOffset Timestamp, string RunId, IReadOnlyDictionary<string, double> Metrics);
