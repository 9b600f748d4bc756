using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A pipeline with its settings and its latest run.</summary>
internal sealed record PipelineDocument(
    string Id,
    string ModelName,
    PipelineStatus Status,
    int TotalRuns,
    RunSummary? LatestRun,
    string DatasetUri,
    string? ModelType,
    string? TargetColumn,
    string? TimeColumn,
    int? Horizon,
    string? Frequency,
    int? SeasonLength,
    string TargetMetric,
    double Threshold,
    IReadOnlyDictionary<string, int>? Monotone,
    IReadOnlyList<string>? PersonalColumns,
    int? TimeBudgetSeconds,
    bool AutoDeploy,
    string? Schedule,
    long Seed,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextRun,
    string? ActiveRunId)
{
    public static PipelineDocument Of(Pipeline pipeline, PipelineRun? latest) => new(
        pipeline.Id,
        pipeline.Settings.ModelName,
        pipeline.Status,
        pipeline.TotalRuns,
        latest is null ? null : RunSummary.Of(latest),
        Domain.Datasets.DatasetUri.Show(pipeline.Settings.DatasetUri),
        pipeline.Settings.ModelType,
        pipeline.Settings.TargetColumn,
        pipeline.Settings.Forecast?.TimeColumn,
        pipeline.Settings.Forecast?.Horizon,
        pipeline.Settings.Forecast?.Frequency,
        pipeline.Settings.Forecast?.SeasonLength,
        pipeline.Settings.TargetMetric,
        pipeline.Settings.Threshold,
        pipeline.Settings.Monotone,
        pipeline.Settings.PersonalColumns,
        pipeline.Settings.TimeBudgetSeconds,
        pipeline.Settings.AutoDeploy,
        pipeline.Schedule,
        pipeline.Settings.Seed,
        pipeline.CreatedAt,
        pipeline.NextRun,
        pipeline.ActiveRunId);
}
