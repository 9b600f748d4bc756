using Trainyard.Domain.Pipelines.Schedules;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>The life of a pipeline as pure functions from what is stored to what shall be; null means that nothing is to change.</summary>
internal static class PipelineRules
{
    /// <summary>The pipeline, unless it is gone or going.</summary>
    public static Pipeline Existing(PipelineSnapshot state, string pipelineId) =>
        state.Pipeline is { Status: not PipelineStatus.Deleting } pipeline ? pipeline : throw PipelineProblems.PipelineNotFound(pipelineId);

    /// <summary>The slot after a moment; null without a schedule.</summary>
    public static DateTimeOffset? NextRun(Pipeline pipeline, DateTimeOffset after) =>
        Schedule.TryParse(pipeline.Schedule, out Schedule? schedule) ? schedule.NextAfter(pipeline.CreatedAt, after) : null;

    /// <summary>Sets the gate for the runs to come.</summary>
    public static PipelineChange SetThreshold(PipelineSnapshot state, string pipelineId, double threshold)
    {
        Pipeline pipeline = Existing(state, pipelineId);
        DefinitionRules.CheckThreshold(threshold, MetricCatalog.Get(pipeline.Settings.TargetMetric));
        return new PipelineChange(pipeline with { Settings = pipeline.Settings with { Threshold = threshold } });
    }

    /// <summary>Rests the schedule.</summary>
    public static PipelineChange? Pause(PipelineSnapshot state, string pipelineId)
    {
        Pipeline pipeline = Existing(state, pipelineId);
        return pipeline.Status == PipelineStatus.Paused
            ? null
            : new PipelineChange(pipeline with { Status = PipelineStatus.Paused, NextRun = null });
    }

    /// <summary>Takes the schedule up again from now; slots that passed while it rested are not made up for.</summary>
    public static PipelineChange? Resume(PipelineSnapshot state, string pipelineId, DateTimeOffset now)
    {
        Pipeline pipeline = Existing(state, pipelineId);
        return pipeline.Status == PipelineStatus.Active
            ? null
            : new PipelineChange(pipeline with { Status = PipelineStatus.Active, NextRun = NextRun(pipeline, now) });
    }

    /// <summary>Hides the pipeline before its runs are removed; one that is hidden already may be removed further.</summary>
    public static PipelineChange? BeginDelete(PipelineSnapshot state, string pipelineId) => state.Pipeline switch
    {
        null => throw PipelineProblems.PipelineNotFound(pipelineId),
        { Status: PipelineStatus.Deleting } => null,
        { ActiveRunId: { } active } => throw PipelineProblems.RunActive(active),
        { } pipeline => new PipelineChange(pipeline with { Status = PipelineStatus.Deleting, NextRun = null }),
    };
}
