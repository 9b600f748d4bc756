using Trainyard.Domain.Pipelines;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Answers a creation.</summary>
internal sealed record CreatedPipeline(
    string Id, string ModelName, PipelineStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? NextRun, int TotalRuns)
{
    public static CreatedPipeline Of(Pipeline pipeline) =>
        new(pipeline.Id, pipeline.Settings.ModelName, pipeline.Status, pipeline.CreatedAt, pipeline.NextRun, pipeline.TotalRuns);
}
