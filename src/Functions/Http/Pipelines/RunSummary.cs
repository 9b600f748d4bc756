using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A run without its steps.</summary>
internal sealed record RunSummary(
    string Id,
    RunStatus Status,
    IReadOnlyDictionary<string, double> Metrics,
    RunArtifacts? Artifacts,
    RunTrigger Trigger,
    DateTimeOffset? Slot,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? CancelRequestedAt,
    RunDataset? Dataset,
    RunFailure? Failure)
{
    private static readonly Dictionary<string, double> None = [];

    public static RunSummary Of(PipelineRun run) => new(
        run.Id,
        run.Status,
        run.Metrics ?? None,
        run.Artifacts,
        run.Trigger,
        run.Slot,
        run.CreatedAt,
        run.StartedAt,
        run.FinishedAt,
        run.CancelRequestedAt,
        run.Dataset,
        run.Failure);
}
