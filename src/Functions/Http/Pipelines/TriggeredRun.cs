namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Answers a trigger.</summary>
internal sealed record TriggeredRun(string PipelineId, string RunId, string Status, DateTimeOffset StartedAt);
