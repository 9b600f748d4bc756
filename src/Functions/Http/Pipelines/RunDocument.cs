using System.Text.Json;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A run with everything that is known of it.</summary>
internal sealed record RunDocument(
    string Id,
    string PipelineId,
    RunStatus Status,
    RunTrigger Trigger,
    DateTimeOffset? Slot,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? CancelRequestedAt,
    PipelineSettings Settings,
    RunDataset? Dataset,
    RunProgress Progress,
    IReadOnlyList<CandidateDocument> Leaderboard,
    IReadOnlyDictionary<string, double>? Metrics,
    RunArtifacts? Artifacts,
    RunFailure? Failure,
    IReadOnlyList<StepDocument> Steps,
    JsonElement? Evaluation)
{
    public static RunDocument Of(RunView view)
    {
        PipelineRun run = view.Run;
        return new RunDocument(
            run.Id,
            run.PipelineId,
            run.Status,
            run.Trigger,
            run.Slot,
            run.CreatedAt,
            run.StartedAt,
            run.FinishedAt,
            run.CancelRequestedAt,
            run.Settings with { DatasetUri = DatasetUri.Show(run.Settings.DatasetUri) },
            run.Dataset,
            RunProgress.Of(run, view.Steps),
            CandidateDocument.ListOf(run, view.Steps),
            run.Metrics,
            run.Artifacts,
            run.Failure,
            [.. view.Steps.Select(StepDocument.Of)],
            view.Evaluation is { } json ? JsonElement.Parse(json.Span) : null);
    }
}
